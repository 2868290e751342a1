import { fold } from '../fold.ts'
import { plainText } from '../import/plain-text.ts'
import type { Work } from '../work.ts'
import type { Group } from './group.ts'

/** What an expectation says of a work; what it leaves out is not compared. */
export type Expected = {
  title: string | null
  doi: string | null
  date: string | null
  authors: number | null
  issns: string[]
}

const shown = (value: unknown) => JSON.stringify(value)
const sameTitle = (a: string | null, b: string | null) =>
  fold(plainText(a) ?? '') === fold(plainText(b) ?? '')

/** "2020" and "2020-05" do not contradict each other. */
function sameDate(a: string | null, b: string): boolean {
  return a !== null && (a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`))
}

/** How a work differs from what was expected, in words. */
export function differencesFrom(work: Work, expected: Expected): string[] {
  const missing = expected.issns.filter((issn) => !work.issns.includes(issn))
  return [
    expected.title !== null && !sameTitle(work.title, expected.title)
      ? `title ${shown(work.title)}, expected ${shown(expected.title)}`
      : '',
    expected.doi !== null && work.doi !== expected.doi
      ? `DOI ${shown(work.doi)}, expected ${expected.doi}`
      : '',
    expected.date !== null && !sameDate(work.date, expected.date)
      ? `date ${shown(work.date)}, expected ${expected.date}`
      : '',
    expected.authors !== null && work.authors.length !== expected.authors
      ? `${work.authors.length} authors, expected ${expected.authors}`
      : '',
    missing.length > 0 ? `ISSN ${shown(work.issns)}, expected ${missing.join(', ')}` : '',
  ].filter(Boolean)
}

/** Pairs by title first, then what is left in order; null where one side has nothing left. */
function pair(
  works: readonly Work[],
  expected: readonly Expected[],
): { work: Work | null; item: Expected | null }[] {
  const left = [...works]
  const take = (place: number) => (place === -1 ? null : (left.splice(place, 1)[0] ?? null))
  const byTitle = expected.map((item) => ({
    item,
    work: take(left.findIndex((work) => sameTitle(work.title, item.title))),
  }))
  const pairs = byTitle.map(({ item, work }) => ({ item, work: work ?? take(left.length > 0 ? 0 : -1) }))
  return [...pairs, ...left.map((work) => ({ work, item: null }))]
}

/** Compares works with expectations one by one; missing and superfluous ones disagree. */
export function compareAll(
  group: Group,
  name: string,
  works: readonly Work[],
  expected: readonly Expected[],
): void {
  for (const { work, item } of pair(works, expected)) {
    if (item === null) group.disagree(`${name}: not expected: ${shown(work?.title)}`)
    else if (work === null) group.disagree(`${name}: missing: ${shown(item.title)}`)
    else {
      const wrong = differencesFrom(work, item)
      if (wrong.length === 0) group.agree()
      else group.disagree(`${name}: ${wrong.join('; ')}`)
    }
  }
}

/** Compares works read from one format with the same works read from another. */
export function compareWorks(
  group: Group,
  name: string,
  works: readonly Work[],
  expected: readonly Work[],
): void {
  const items = expected.map((work) => ({ ...work, authors: work.authors.length }))
  compareAll(group, name, works, items)
}
