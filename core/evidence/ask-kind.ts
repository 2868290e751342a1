import { createHash } from 'node:crypto'
import type { EvidenceKind } from '../plugin/definition.ts'
import type { CheckedData } from './check-data.ts'

type Data = Record<string, unknown>
type Kind = Pick<EvidenceKind<never>, 'title' | 'identity'>

/** A title is kept up to here. */
export const titleLength = 500

/** How the entry is called. Where the kind cannot say yet: the field `title` or `name`, or the first text given; '' if none. */
export function titleOf(kind: Kind, checked: CheckedData): string {
  const title = askGiven((data) => kind.title(data), checked)
  return (title ?? firstText(checked.data)).trim().slice(0, titleLength)
}

/** What the entry is recognised by, or null: not known, or not yet. */
export function identityOf(kind: Kind, checked: CheckedData): string | null {
  const identity = askGiven((data) => kind.identity(data), checked)
  return identity === null || identity === '' ? null : storedIdentity(identity)
}

/** An identity as it stands in the table: a long one (an index holds 2.7 kB at most) is cut and completed by its hash. */
export function storedIdentity(identity: string): string {
  if (Buffer.byteLength(identity) <= 1000) return identity
  return `${[...identity].slice(0, 100).join('')} sha256:${createHash('sha256').update(identity).digest('hex')}`
}

/** Thrown when a kind uses a field that is not given: a private signal, it never leaves this file. */
class FieldMissing extends Error {}
const stop = () => {
  throw new FieldMissing()
}
/** Stands for a field that is not given: it may be passed about, and stops the kind that looks into it. */
const missing = new Proxy({}, { get: stop, has: stop, ownKeys: stop, getPrototypeOf: stop })

/** Asks with the data given so far; null if the answer would rest on a field that the schema demands and nobody gave. */
function askGiven(ask: (data: Data) => string | null, { data, gaps, wrong }: CheckedData): string | null {
  const seen: Data = { ...data }
  for (const { path } of [...gaps, ...wrong]) if (path[0] !== undefined) seen[String(path[0])] = missing
  try {
    const answer: unknown = ask(seen)
    return typeof answer === 'string' ? answer : null
  } catch (error) {
    if (error instanceof FieldMissing) return null
    throw error
  }
}

function firstText(data: Data): string {
  const texts = [data['title'], data['name'], ...Object.values(data)]
  return texts.find((value): value is string => typeof value === 'string') ?? ''
}
