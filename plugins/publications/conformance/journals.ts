import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkIssn } from '../identifiers.ts'
import type { JournalRow } from '../journals/parse-journal-list.ts'
import { parseJournalList } from '../journals/parse-journal-list.ts'
import type { GroupReport } from './group.ts'
import { csvRows, filesIn, openGroup } from './group.ts'

type List = { name: string; rows: JournalRow[]; report: GroupReport }

function readList(folder: string, name: string): List {
  const group = openGroup(`journals/${name}: read`)
  const { rows, refused, droppedIssns } = parseJournalList(
    readFileSync(join(folder, 'journals', name), 'utf8'),
  )
  group.read(rows.length)
  for (const { reason } of refused) group.refuse(reason)
  if (droppedIssns > 0) group.report.examples.push(`${droppedIssns} ISSNs left out for form or check digit`)
  return { name, rows, report: group.report }
}

/** Best (lowest) quartile of each ISSN over all rows of a list. */
export function bestQuartiles(rows: readonly JournalRow[]): Map<string, number> {
  const best = new Map<string, number>()
  for (const { issns, quartile } of rows) {
    for (const issn of issns) if (quartile !== null) best.set(issn, Math.min(quartile, best.get(issn) ?? 4))
  }
  return best
}

/** `issn_to_sjr2023_expected.csv` is checked against the list `sjr_2023...csv` that has ISSNs. */
const expectation = /^issn_to_([a-z]+)(\d{4})_expected\.csv$/

function checkExpectation(folder: string, file: string, lists: readonly List[]): GroupReport[] {
  const [, source = '', year = ''] = expectation.exec(file) ?? []
  const list = lists.find(
    ({ name, rows }) => name.startsWith(`${source}_${year}`) && rows.some(({ issns }) => issns.length > 0),
  )
  if (!list) return []
  const group = openGroup(`crossref/${file}: best quartile by ISSN`)
  const best = bestQuartiles(list.rows)
  for (const row of csvRows(folder, 'crossref', file) ?? []) {
    const issns = (row.issn ?? '').split(/[;,\s]+/).map(checkIssn)
    const valid = issns.flatMap((issn) => (issn.ok ? [issn.value] : []))
    if (valid.length === 0) {
      group.refuse('issn-missing')
      continue
    }
    group.read()
    const quartiles = valid.flatMap((issn) => best.get(issn) ?? [])
    const quartile = quartiles.length === 0 ? '' : `Q${Math.min(...quartiles)}`
    const expected = /^Q[1-4]$/.exec(row[`${source}${year}_best_quartile`] ?? '')?.[0] ?? ''
    if (quartile === expected) group.agree()
    else group.disagree(`${valid.join(', ')}: ${quartile || 'unknown'}, expected ${expected || 'unknown'}`)
  }
  return [group.report]
}

/** The journal lists, and quartiles found by ISSN. */
export function checkJournals(folder: string): GroupReport[] {
  const lists = filesIn(join(folder, 'journals'), '.csv').map((name) => readList(folder, name))
  const expectations = filesIn(join(folder, 'crossref'), '.csv').filter((name) => expectation.test(name))
  const checked = expectations.flatMap((file) => checkExpectation(folder, file, lists))
  return [...lists.map(({ report }) => report), ...checked]
}
