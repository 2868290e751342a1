import { expect, test } from 'vitest'
import { languages } from '../contract/text.ts'
import { exampleRules } from '../rating/example-rules.ts'
import { moversReport } from './movers-report.ts'
import { rankingReport } from './ranking-report.ts'
import { registerReport } from './register-report.ts'
import { shadowReport } from './shadow-report.ts'

const run = { id: 7, snapshotId: 1, document: exampleRules({ areas: { A: {} }, criteria: { a: 'A' } }) }
const names = { units: new Map(), positions: new Map() } as never
/** A spreadsheet has no longer name of a sheet. */
const longest = 31

test('sheets of exports are named in the reader’s words', () => {
  const titles = languages.map((language) => [
    rankingReport(run, [], names, language).title,
    moversReport({ before: run, after: { ...run, id: 8 } }, [], { before: names, after: names }, language)
      .title,
    shadowReport(7, [], language).title,
    registerReport([], language).title,
  ])
  expect(titles[languages.indexOf('en')]).toEqual([
    'Ranking, run 7',
    'Runs 7 and 8',
    'Old rating and run 7',
    'Personal data',
  ])
  expect(new Set(titles.flat()).size).toBe(titles.flat().length)
  for (const title of titles.flat()) expect(title!.length).toBeLessThanOrEqual(longest)
})
