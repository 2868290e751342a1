import { isDeepStrictEqual } from 'node:util'
import type { EvidenceKind } from '../../plugin/definition.ts'
import type { MatchFeatures } from '../../plugin/matching-access.ts'
import { wholeData } from '../find-same.ts'
import { titleLikeness } from './title-likeness.ts'

/** As much of an entry as is compared with another. */
export interface Compared {
  title: string
  data: Record<string, unknown>
  happenedOn: string | null
  identity: string | null
  teacherIds: number[]
}

/** What two entries with one title, or a near one, have in common. */
export interface Likeness {
  verdict: 'same' | 'perhaps' | 'different'
  /** Fields of the data that are known of both, beside the title, and say the same; and those that do not. */
  agree: string[]
  differ: string[]
  /** Between their dates; null: one has none. */
  days: number | null
  /** Teachers who take part in both, and of how many at most it could be. */
  people: number
  most: number
}

export const likenessFeatures = [
  'rule', 'same-day', 'years', 'people', 'agreeing', 'differing', 'same-identity', 'title-length', 'title',
] as const // prettier-ignore

type Titled = Pick<Compared, 'title' | 'data'>

/**
 * What the kind says of the two; drafts with gaps, and kinds that do not compare: `perhaps`, a person may look. So too where the kind holds
 * them for different by their titles alone.
 */
export function verdictOf(
  kind: EvidenceKind<never> | null,
  first: Titled,
  second: Titled,
): Likeness['verdict'] {
  const verdict = compareData(kind, first.data, second.data)
  if (verdict !== 'different') return verdict
  return compareRetitled(kind, first, second) === 'different' ? 'different' : 'perhaps'
}

/** What the kind would say if the second had the title of the first. */
export function compareRetitled(
  kind: EvidenceKind<never> | null,
  first: Titled,
  second: Titled,
): Likeness['verdict'] {
  const title = lettersOf(second.title)
  const fields = Object.entries(second.data)
  const retitled = fields.map(([name, value]) => [name, comparable(value) === title ? first.title : value])
  return compareData(kind, first.data, Object.fromEntries(retitled) as Titled['data'])
}

function compareData(
  kind: EvidenceKind<never> | null,
  first: Titled['data'],
  second: Titled['data'],
): Likeness['verdict'] {
  if (!kind?.compare) return 'perhaps'
  const [a, b] = [wholeData(kind, first), wholeData(kind, second)]
  return a && b ? kind.compare(a, b) : 'perhaps'
}

export function likenessOf(kind: EvidenceKind<never> | null, first: Compared, second: Compared): Likeness {
  const shared = first.teacherIds.filter((id) => second.teacherIds.includes(id))
  const fields = Object.keys(first.data).filter(
    (name) =>
      isKnown(first.data[name]) &&
      isKnown(second.data[name]) &&
      comparable(first.data[name]) !== lettersOf(first.title),
  )
  const agree = fields.filter((name) => saysSame(first.data[name], second.data[name]))
  return {
    verdict: verdictOf(kind, first, second),
    agree,
    differ: fields.filter((name) => !agree.includes(name)),
    days: daysBetween(first.happenedOn, second.happenedOn),
    people: shared.length,
    most: Math.min(first.teacherIds.length, second.teacherIds.length),
  }
}

/** The same as numbers, in the order of `likenessFeatures`, each 0 to 1. What the rule holds for the same it is sure of; `perhaps` it leaves open. */
export function featuresOf(likeness: Likeness, first: Compared, second: Compared): MatchFeatures {
  const { verdict, agree, differ, days, people, most } = likeness
  const known = agree.length + differ.length
  const years = days === null ? null : Math.min(1, days / 1100)
  const identities = first.identity === null || second.identity === null ? null : Number(first.identity === second.identity) // prettier-ignore
  return [
    verdict === 'same' ? 1 : 0.25,
    days === null ? null : Number(days === 0),
    years,
    most === 0 ? null : people / most,
    known === 0 ? null : agree.length / known,
    Math.min(1, differ.length / 5),
    identities,
    Math.min(1, lettersOf(first.title).length / 100),
    titleLikeness(first.title, second.title),
  ]
}

const isKnown = (value: unknown) =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

const lettersOf = (text: string) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') // prettier-ignore
const comparable = (value: unknown) => (typeof value === 'string' ? lettersOf(value) : value)

/** Lists that have something in common say the same of one thing (an ISSN of print and the one online). */
function saysSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.some((one) => b.some((other) => isDeepStrictEqual(comparable(one), comparable(other))))
  return isDeepStrictEqual(comparable(a), comparable(b))
}

function daysBetween(a: string | null, b: string | null): number | null {
  return a === null || b === null ? null : Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000
}
