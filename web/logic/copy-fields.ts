import type { EvidenceDetail } from '@ustaz/core/contract'
import { formFields } from './form-fields.ts'
import type { JsonSchema } from './json-schema.ts'

export type CopySide = 'first' | 'second'
type Pair = Record<CopySide, Pick<EvidenceDetail, 'data' | 'happenedOn'>>

export interface ComparedField {
  key: string
  /** In the data; null: the day. */
  name: string | null
  differs: boolean
}

const dayKey = 'happenedOn'
const keyOf = (name: string) => `data.${name}`

/** The fields of a kind and the day, with whether two entries differ in them. */
export function comparedFields({ first, second }: Pair, schema: JsonSchema): ComparedField[] {
  const ofData = formFields(schema).map(({ name }) => ({
    key: keyOf(name),
    name,
    differs: !isSame(first.data[name], second.data[name]),
  }))
  return [...ofData, { key: dayKey, name: null, differs: first.happenedOn !== second.happenedOn }]
}

/** Data and day of the one that stays, with the fields that were taken from the other; what is hidden goes with the one that stays. */
export function chosenData(
  pair: Pair,
  kept: CopySide,
  taken: Readonly<Record<string, CopySide>>,
): Pick<EvidenceDetail, 'data' | 'happenedOn'> {
  const names = [...new Set([...Object.keys(pair.first.data), ...Object.keys(pair.second.data)])]
  const data = names.flatMap((name): [string, unknown][] => {
    const { data: from } = pair[taken[keyOf(name)] ?? kept]
    return name in from ? [[name, from[name]]] : []
  })
  return { data: Object.fromEntries(data), happenedOn: pair[taken[dayKey] ?? kept].happenedOn }
}

/** Not given and given as nothing are the same to a reader. */
const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
