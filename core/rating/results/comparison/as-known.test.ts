import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseRegulation } from '../../../regulation/parse-document.ts'
import { createTestDatabase } from '../../../testing/create-test-database.ts'
import type { TestDatabase } from '../../../testing/create-test-database.ts'
import { enterExample, rateExample } from '../../example-university.ts'
import type { ExampleFact } from '../../example-university.ts'
import { compareRuns } from '../compare-runs.ts'
import { readMoverDetail } from './read-mover-detail.ts'
import { readMovers } from './read-movers.ts'
import { findRunPair } from './run-pair.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

const file = new URL('../../../../regulations/turkey-incentive.yaml', import.meta.url)
const period = { from: '2019-01-01', to: '2019-12-31' }

const work = (attributes: Record<string, unknown>): ExampleFact => ({
  indicator: 'publications.work',
  happenedOn: '2019-06-01',
  attributes,
})
/** What each did in 2019; the courts decided about the first three. */
const done: Record<string, ExampleFact> = {
  conference: work({
    type: 'conference-paper',
    oral: true,
    refereed: true,
    foreignCountries: 6,
    foreignPaperPercent: 40,
    internationalConfirmed: false,
  }),
  chapter: work({
    type: 'chapter',
    level: 'international',
    publisherEstablished: true,
    publisherApproved: false,
  }),
  book: work({ type: 'book', level: 'national', publisherEstablished: false, publisherApproved: false }),
  article: work({ type: 'article', index: 'wos', wosQuartile: 'Q1' }),
}

// Decisions and days: regulations/turkey-incentive.yaml, amendments; rates: tablo4.md, 15 % of 20, 25 % and 50 % of 30.
test('an old period as known then and as known now, on one snapshot: whose result changes, and by how much', async () => {
  const document = parseRegulation(await readFile(file, 'utf8'))
  const post = { position: 'professor', field: 'science', citizenship: 'TR', startsOn: '2015-01-01' }
  await enterExample(
    database,
    Object.entries(done).map(([code, fact]) => ({ code, ...post, facts: [fact] })),
  )
  const rate = async (knownAt: string | null, snapshotId?: number) =>
    await rateExample(database, document, {
      period,
      knownAt,
      ...(snapshotId === undefined ? {} : { snapshotId }),
    })
  const then = await rate('2020-06-30')
  const now = await rate(null, then.outcome.snapshotId)
  const again = await rate('2020-06-30', then.outcome.snapshotId)
  expect(again.outcome.hash).toBe(then.outcome.hash)
  expect(now.outcome.hash).not.toBe(then.outcome.hash)

  const pair = await findRunPair(database.db, { id: now.runId, other: then.runId })
  const filter = { sort: 'total' } as const
  const scope = { all: true, unitIds: [], teacherId: null }
  const { items } = await readMovers(database.db, pair, filter, { scope, page: null })
  expect(
    items.map(({ code, totalChange, before, after }) => [code, before?.total, after?.total, totalChange]),
  ).toEqual([
    ['book', '0.00', '15.00', '15'],
    ['chapter', '0.00', '7.50', '7.5'],
    ['conference', '0.00', '3.00', '3'],
    ['article', '18.00', '18.00', '0'],
  ])

  // The same version twice: what differs is what had become known.
  const { clauseChanges } = await compareRuns(database.db, pair, scope)
  expect(clauseChanges.length).toBeGreaterThan(0)
  const chapter = await readMoverDetail(database.db, pair, items[1]!.teacherId, scope)
  expect(chapter.lines.flatMap(({ causes }) => causes)).toContain('clause-changed')
  const same = await findRunPair(database.db, { id: again.runId, other: then.runId })
  expect((await compareRuns(database.db, same, scope)).clauseChanges).toEqual([])
})
