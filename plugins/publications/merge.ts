import { fold } from './fold.ts'
import type { Author, Work } from './work.ts'

/** Where a description came from, most trusted first: what a person decided, then registries, then files. */
export const sources = ['person', 'crossref', 'openalex', 'csl', 'ris', 'bibtex'] as const
export type Source = (typeof sources)[number]

export type Described = { source: Source; work: Work }

/** Why a field has the value it has. */
export type MergeReason = 'equal' | 'only-source' | 'more-precise' | 'preferred-source' | 'combined'
export type Provenance = { [field in keyof Work]: { source: Source; reason: MergeReason } }

type Choice<T> = { value: T; source: Source; reason: MergeReason }

const isUnknown = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0)
const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** "2020-05" says more than "2020", and does not contradict it. */
function isMorePrecise(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.length > b.length && a.startsWith(`${b}-`)
}

function chooseField<T>(field: keyof Work, first: Choice<T>, second: Choice<T>): Choice<T> {
  if (isSame(first.value, second.value)) return { ...first, reason: 'equal' }
  if (isUnknown(second.value)) return { ...first, reason: 'only-source' }
  if (isUnknown(first.value)) return { ...second, reason: 'only-source' }
  if (field === 'date' && isMorePrecise(second.value, first.value))
    return { ...second, reason: 'more-precise' }
  return { ...first, reason: 'preferred-source' }
}

const nameKey = (author: Author) =>
  `${fold(author.family ?? author.literal ?? '')}.${fold(author.given ?? '').slice(0, 1)}`

/** The preferred list of authors, each completed by what the other list knows of the same name at any place. */
function combineAuthors(first: Author[], second: Author[]): Author[] {
  const others = new Map<string, Author[]>()
  for (const other of second) others.set(nameKey(other), [...(others.get(nameKey(other)) ?? []), other])
  return first.map((author) => {
    const [other, ...homonyms] = others.get(nameKey(author)) ?? []
    if (!other || homonyms.length > 0) return author
    const fuller = (other.given?.length ?? 0) > (author.given?.length ?? 0) ? other.given : author.given
    const affiliations = author.affiliations.length > 0 ? author.affiliations : other.affiliations
    return { ...author, given: fuller, orcid: author.orcid ?? other.orcid, affiliations }
  })
}

const union = <T>(a: T[], b: T[]) => [
  ...new Map([...a, ...b].map((value) => [JSON.stringify(value), value])).values(),
]

/** Lists where both sources add to the truth instead of competing for it. */
function combineLists(first: Work, second: Work): Partial<Work> {
  return {
    issns: union(first.issns, second.issns),
    isbns: union(first.isbns, second.isbns),
    related: union(first.related, second.related),
    authors: first.authors.length > 0 ? combineAuthors(first.authors, second.authors) : second.authors,
  }
}

/**
 * Merges two descriptions of one work field by field: the known value over the unknown, the more precise date over the rougher
 * one that agrees with it, else the more trusted source. ISSNs, ISBNs and relations are united; authors come from the more
 * trusted list, completed with ORCID, full names and affiliations of the other. Year follows the date that was chosen.
 */
export function mergeWorks(a: Described, b: Described): { work: Work; provenance: Provenance } {
  const [first, second] = sources.indexOf(b.source) < sources.indexOf(a.source) ? [b, a] : [a, b]
  const fields = Object.keys(first.work) as (keyof Work)[]
  const choices = fields.map((field) => {
    const left = { value: first.work[field], source: first.source, reason: 'equal' as const }
    const right = { value: second.work[field], source: second.source, reason: 'equal' as const }
    return [field, chooseField<Work[keyof Work]>(field, left, right)] as const
  })
  const chosen = Object.fromEntries(choices.map(([field, choice]) => [field, choice.value])) as Work
  const combined = combineLists(first.work, second.work)
  const reasons = choices.map(([field, { source, reason }]) => {
    const changed =
      field in combined &&
      !isSame(combined[field], first.work[field]) &&
      !isSame(combined[field], second.work[field])
    return [field, { source, reason: changed ? 'combined' : reason }] as const
  })
  const work = { ...chosen, ...combined }
  if (work.date !== null) work.year = Number(work.date.slice(0, 4))
  return { work, provenance: Object.fromEntries(reasons) as Provenance }
}
