import { checkDoi } from './identifiers.ts'
import { fold } from './fold.ts'
import type { Work, WorkType } from './work.ts'

/** Types that are different works even under one title: an article, its preprint, its correction, a talk about it. */
const kinds: Partial<Record<WorkType, string>> = {
  preprint: 'preprint',
  correction: 'correction',
  'conference-paper': 'conference',
  'conference-abstract': 'conference',
  dissertation: 'dissertation',
  report: 'report',
  patent: 'patent',
  chapter: 'chapter',
  book: 'book',
  monograph: 'book',
}
const kindOf = (type: WorkType) => kinds[type] ?? 'paper'

const doiOf = (work: Work) => {
  const doi = work.doi === null ? null : checkDoi(work.doi)
  return doi?.ok ? doi.value : null
}

function firstAuthor(work: Work): string | null {
  const first = work.authors[0]
  const name = fold(first?.family ?? first?.literal ?? '')
  return name === '' ? null : name
}

/**
 * Where no author is known, the place in the journal stands for one ("Editorial" of two issues are two works);
 * null when that is unknown too: an unknown is never equal to another unknown.
 */
function anchorOf(work: Work): string | null {
  const author = firstAuthor(work)
  if (author !== null) return `a:${author}`
  const place = [work.container, work.volume, work.issue, work.pages].map((part) => fold(part ?? ''))
  return work.container !== null && (work.volume ?? work.pages) !== null ? `p:${place.join('.')}` : null
}

/** Title, year and first author as one key, or null when they are not enough to tell one work from another. */
function descriptionKey(work: Work): string | null {
  const title = fold(work.title)
  const anchor = anchorOf(work)
  if (title === '' || anchor === null || work.year === null) return null
  return `${kindOf(work.type)}:${title}:${work.year}:${anchor}`
}

/**
 * The keys by which a work is found again, strongest first: `doi:...`, then `paper:title:year:author`. Two descriptions are of
 * one work if they share a key, unless both have DOIs and these differ. Empty when nothing identifies the work.
 */
export function identityKeys(work: Work): string[] {
  const doi = doiOf(work)
  return [doi === null ? null : `doi:${doi}`, descriptionKey(work)].filter((key) => key !== null)
}

/** The strongest key, or null: such a work is never taken for a duplicate of another. */
export function workIdentity(work: Work): string | null {
  return identityKeys(work)[0] ?? null
}

/**
 * Whether two descriptions are of one work. `perhaps`: kind and title agree and years do not differ, but year, first author
 * or place of one of them is not known; a person must say. Unlike `findDuplicates` it looks at two works only.
 */
export function compareWorks(a: Work, b: Work): 'same' | 'perhaps' | 'different' {
  const [doiA, doiB] = [doiOf(a), doiOf(b)]
  if (doiA !== null && doiB !== null) return doiA === doiB ? 'same' : 'different'
  if (fold(a.title) === '' || fold(a.title) !== fold(b.title) || kindOf(a.type) !== kindOf(b.type))
    return 'different'
  if (a.year !== null && b.year !== null && a.year !== b.year) return 'different'
  const [authorA, authorB] = [firstAuthor(a), firstAuthor(b)]
  if (authorA !== null && authorB !== null && authorA !== authorB) return 'different'
  const [key, other] = [descriptionKey(a), descriptionKey(b)]
  return key !== null && key === other ? 'same' : 'perhaps'
}

/** A shorter title ("Editorial") may be that of several works of one year. */
const tellingTitle = 15

/**
 * The same for two whole entries. One typed by hand has no authors: where title, year and journal or book agree and nothing that is
 * known of the place in it differs, it is the same work.
 */
export function compareEntries(a: Work, b: Work): 'same' | 'perhaps' | 'different' {
  const verdict = compareWorks(a, b)
  if (verdict !== 'perhaps') return verdict
  const agree = (one: string | null, other: string | null) => one === null || other === null || fold(one) === fold(other) // prettier-ignore
  const sameContainer =
    a.container !== null && b.container !== null && fold(a.container) === fold(b.container)
  const samePlace = agree(a.volume, b.volume) && agree(a.issue, b.issue) && agree(a.pages, b.pages)
  const isTold = a.year !== null && a.year === b.year && fold(a.title).length >= tellingTitle
  return isTold && sameContainer && samePlace ? 'same' : verdict
}

/** Indices into the given works. `same`: one work. `doubtful`: share a description, but a person must say which is which. */
export type DuplicateGroup = { key: string; same: number[]; doubtful: number[] }

function indexBy(works: readonly Work[], keyOf: (work: Work) => string | null): Map<string, number[]> {
  const index = new Map<string, number[]>()
  for (const [i, work] of works.entries()) {
    const key = keyOf(work)
    if (key !== null) index.set(key, [...(index.get(key) ?? []), i])
  }
  return index
}

/** Descriptions without a DOI join the one DOI that shares their key; where several do, nobody can say which is meant. */
function groupOfDescription(works: readonly Work[], key: string, members: number[]) {
  const dois = new Set(members.map((i) => doiOf(works[i] as Work)).filter((doi) => doi !== null))
  const withoutDoi = members.filter((i) => doiOf(works[i] as Work) === null)
  const [doi] = dois
  if (dois.size > 1)
    return { key, doi: null, same: withoutDoi, doubtful: members.filter((i) => !withoutDoi.includes(i)) }
  return { key: doi === undefined ? key : `doi:${doi}`, doi: doi ?? null, same: withoutDoi, doubtful: [] }
}

/** Finds which of the works are the same. Works alone in their group are left out. Independent of the order given. */
export function findDuplicates(works: readonly Work[]): DuplicateGroup[] {
  const groups = new Map<string, DuplicateGroup>()
  for (const [doi, same] of indexBy(works, doiOf))
    groups.set(`doi:${doi}`, { key: `doi:${doi}`, same, doubtful: [] })
  for (const [key, members] of indexBy(works, descriptionKey)) {
    const found = groupOfDescription(works, key, members)
    const known = groups.get(found.key)
    if (known) known.same.push(...found.same)
    else groups.set(found.key, { key: found.key, same: found.same, doubtful: found.doubtful })
  }
  const shared = [...groups.values()].filter(({ same, doubtful }) => same.length + doubtful.length > 1)
  return shared.map((group) => ({ ...group, same: group.same.toSorted((a, b) => a - b) }))
}

/** A preprint and what it became: two works that count as one only if the regulation says so. */
export type PreprintLink = {
  preprint: number
  article: number
  because: 'stated-by-source' | 'same-title-and-author'
}

function statesLink(preprint: Work, article: Work): boolean {
  const says = (work: Work, relation: string, doi: string | null) =>
    doi !== null && work.related.some((other) => other.relation === relation && other.doi === doi)
  return says(preprint, 'is-preprint-of', doiOf(article)) || says(article, 'has-preprint', doiOf(preprint))
}

/** An article may appear up to this many years after its preprint for their titles to link them. */
const preprintYears = 4

function looksLinked(preprint: Work, article: Work): boolean {
  const sameTitle = fold(preprint.title) === fold(article.title) && fold(article.title).length >= 15
  const author = firstAuthor(preprint)
  if (!sameTitle || author === null || author !== firstAuthor(article)) return false
  if (preprint.year === null || article.year === null) return false
  return article.year >= preprint.year && article.year - preprint.year <= preprintYears
}

/** Links preprints to their articles, by what the source states or by title, first author and years. */
export function linkPreprints(works: readonly Work[]): PreprintLink[] {
  const preprints = [...works.entries()].filter(([, work]) => work.type === 'preprint')
  const articles = [...works.entries()].filter(([, { type }]) =>
    ['paper', 'conference', 'chapter'].includes(kindOf(type)),
  )
  return preprints.flatMap(([preprint, p]) =>
    articles.flatMap(([article, a]): PreprintLink[] => {
      if (statesLink(p, a)) return [{ preprint, article, because: 'stated-by-source' }]
      return looksLinked(p, a) ? [{ preprint, article, because: 'same-title-and-author' }] : []
    }),
  )
}
