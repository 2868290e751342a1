import { isDeepStrictEqual } from 'node:util'
import type { Participant } from '../contract/resources/evidence.ts'
import { pointerTo } from '../messages/zod-fault.ts'

/** What the history compares: an entry as a person writes it. */
export interface Written {
  data: Record<string, unknown>
  happenedOn: string | null
  participants: readonly Participant[]
}
type Fields = Record<string, unknown>

/**
 * The fields that differ, by JSON pointer, as they were and as they are; absent on a side: not given there.
 * Going back through the history of an entry with `before` leads to what was first entered.
 */
export function changedFields(before: Written, after: Written): { before: Fields; after: Fields } {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  const differing = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (path) => !isDeepStrictEqual(was[path], is[path]),
  )
  const pick = (fields: Fields) =>
    Object.fromEntries(differing.flatMap((path) => (path in fields ? [[path, fields[path]]] : [])))
  return { before: pick(was), after: pick(is) }
}

function fieldsOf({ data, happenedOn, participants }: Written): Fields {
  const fields: Fields = { '/happenedOn': happenedOn }
  for (const [name, value] of Object.entries(data)) fields[pointerTo(['data', name])] = value
  for (const [i, participant] of participants.entries()) fields[`/participants/${i}`] = participant
  return fields
}
