import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { regulationDocumentSchema } from '../../../contract/index.ts'
import type { RegulationDocument } from '../../../contract/index.ts'
import { createTestDatabase } from '../../../testing/create-test-database.ts'
import type { TestDatabase } from '../../../testing/create-test-database.ts'
import { enterExample, onePointWeighting, rateExample } from '../../example-university.ts'
import type { ExampleFact, ExampleTeacher } from '../../example-university.ts'
import { compareRuns } from '../compare-runs.ts'
import { readMoverDetail } from './read-mover-detail.ts'
import { readMovers } from './read-movers.ts'
import { findRunPair } from './run-pair.ts'
import type { RunPair } from './run-pair.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

const text = (word: string) => ({ kk: word, ru: word, en: word })
const types = ['book', 'course', 'medal'] as const
/** Rules whose points have many digits, limits that bind, and clauses that come and go. */
const documentArbitrary: fc.Arbitrary<RegulationDocument> = fc
  .record({
    points: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 3, maxLength: 3 }),
    caps: fc.array(fc.option(fc.integer({ min: 20, max: 200 })), { minLength: 3, maxLength: 3 }),
    kept: fc.subarray([0, 1, 2], { minLength: 1 }),
    areaCap: fc.option(fc.integer({ min: 50, max: 300 })),
    norm: fc.integer({ min: 0, max: 40 }),
    apart: fc.boolean(),
  })
  .map(({ points, caps, kept, areaCap, norm, apart }) =>
    regulationDocumentSchema.parse({
      code: 'example',
      version: '1',
      title: text('Example'),
      description: text('Example'),
      source: 'core/rating/results/comparison/random-pairs.test.ts',
      periodStart: '09-01',
      areas: [
        { id: 'A', title: text('A'), cap: areaCap === null ? null : String(areaCap) },
        { id: 'B', title: text('B') },
      ],
      criteria: kept.map((index) => ({
        id: `c-${types[index]}`,
        area: index === 2 ? 'B' : 'A',
        title: text(types[index]!),
        unit: 'item',
        indicator: 'example.thing',
        where: [{ value: 'type', is: [types[index]] }],
        points: { kind: 'per-value', of: 'size', points: String(points[index]! / 10) },
        split: { kind: 'equal' },
        cap: caps[index] === null ? null : String(caps[index]),
      })),
      norms: [{ id: 'N', title: text('N'), byPosition: { professor: String(norm), lecturer: '3.3' } }],
      leagues: apart
        ? ['professor', 'lecturer'].map((id) => ({ id, title: text(id), positions: [id] }))
        : [{ id: 'lecturer', title: text('all'), positions: ['professor', 'lecturer'] }],
      weighting: { id: 'points' },
      rounding: { digits: 2 },
    }),
  )

const factArbitrary: fc.Arbitrary<ExampleFact> = fc.record({
  indicator: fc.constant('example.thing'),
  attributes: fc.record({
    type: fc.constantFrom(...types),
    // Unknown at times: then the teacher is blocked.
    size: fc
      .option(fc.integer({ min: 1, max: 400 }), { freq: 60 })
      .map((eighths) => (eighths === null ? null : eighths / 8)),
  }),
  participants: fc.integer({ min: 1, max: 7 }),
})
const teacherArbitrary: fc.Arbitrary<Omit<ExampleTeacher, 'code'>> = fc.record({
  position: fc.constantFrom('professor', 'lecturer'),
  facts: fc.array(factArbitrary, { maxLength: 8 }),
})
const pairArbitrary = fc.record({
  teachers: fc.array(teacherArbitrary, { minLength: 12, maxLength: 20 }),
  newcomers: fc.array(teacherArbitrary, { maxLength: 3 }),
  documents: fc.tuple(documentArbitrary, documentArbitrary),
  weights: fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })),
})

/** What happens in a university between two runs: facts change, are withdrawn and added, posts change and end. */
async function liveOn(round: number, newcomers: readonly Omit<ExampleTeacher, 'code'>[]): Promise<void> {
  const { db } = database
  const mine = sql`(select p.evidence_id from core.evidence_participant p join core.teacher t on t.id = p.teacher_id
    where t.code like ${`R${round}-%`})`
  await sql`update core.evidence set data = data || '{"size": 7.375}' where id % 5 = 0 and id in ${mine}`.execute(
    db,
  )
  await sql`update core.evidence set data = data || '{"type": "medal"}' where id % 7 = 0 and id in ${mine}`.execute(
    db,
  )
  await sql`update core.evidence set state = 'returned' where id % 6 = 0 and id in ${mine}`.execute(db)
  const posts = sql`core.appointment a set`
  const ofRound = sql`from core.teacher t where t.id = a.teacher_id and t.code like ${`R${round}-%`}`
  await sql`update ${posts} position = 'professor' ${ofRound} and t.id % 6 = 0`.execute(db)
  await sql`update ${posts} ends_on = '2020-01-01' ${ofRound} and t.id % 9 = 0`.execute(db)
  const named = newcomers.map((teacher, index) => ({ ...teacher, code: `R${round}-new${index}` }))
  await enterExample(database, named)
}

/** Everybody of an earlier round leaves, so that each pair is about its own teachers. */
async function emptyUniversity(): Promise<void> {
  await sql`update core.appointment set ends_on = '2020-01-01'`.execute(database.db)
}

const weightedBy = (weight: number) => ({
  ...onePointWeighting,
  weigh: () => ({ weights: { A: '1', B: (weight / 7).toFixed(12) }, how: {} }),
})

/** Exact decimals in units of 10^-30. */
function units(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.')
  const size = BigInt(whole + fraction.padEnd(30, '0'))
  return decimal.startsWith('-') ? -size : size
}
const sum = (decimals: readonly string[]) => decimals.reduce((total, decimal) => total + units(decimal), 0n)

const everything = { scope: { all: true, unitIds: [], teacherId: null }, page: null }
const seen = new Set<string>()

/** Holds for every teacher of every pair of runs, whatever differs between them. */
async function expectExplained(pair: RunPair): Promise<void> {
  const { db } = database
  const { items } = await readMovers(db, pair, { sort: 'place' }, everything)
  const { counts, teachers } = await compareRuns(db, pair, everything.scope)
  expect(teachers).toBe(items.length)
  for (const mover of items) {
    seen.add(mover.move)
    const detail = await readMoverDetail(db, pair, mover.teacherId, everything.scope)
    expect({ ...detail.mover }).toEqual(mover)
    const changes = sum(detail.lines.map(({ change }) => change))
    expect(changes).toBe(units(detail.linesChange))
    for (const line of detail.lines) {
      expect(units(line.change)).toBe(units(line.after ?? '0') - units(line.before ?? '0'))
      for (const cause of line.causes) seen.add(cause)
    }
    if (mover.totalChange !== null) {
      expect(units(detail.totalAfter!) - units(detail.totalBefore!)).toBe(changes)
      expect(units(mover.totalChange)).toBe(changes)
    }
    if (mover.placeChange !== null) {
      const { overtookYou, cameAbove, youOvertook, leftAbove } = detail.overtaking!
      expect(overtookYou + cameAbove - youOvertook - leftAbove).toBe(mover.placeChange)
    }
  }
  for (const [move, count] of Object.entries(counts)) {
    expect(items.filter((mover) => mover.move === move)).toHaveLength(count)
  }
  const sizes = items.map(({ placeChange }) => (placeChange === null ? -1 : Math.abs(placeChange)))
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
}

it('explains every mover of random pairs of runs by lines whose changes sum exactly to the change of the total', async () => {
  let round = 0
  await fc.assert(
    fc.asyncProperty(pairArbitrary, async ({ teachers, newcomers, documents, weights }) => {
      round += 1
      await emptyUniversity()
      await enterExample(
        database,
        teachers.map((teacher, index) => ({ ...teacher, code: `R${round}-${index}` })),
      )
      const first = await rateExample(database, documents[0], { weighting: weightedBy(weights[0]) })
      await liveOn(round, newcomers)
      const later = await rateExample(database, documents[0], { weighting: weightedBy(weights[0]) })
      const draft = await rateExample(database, documents[1], {
        weighting: weightedBy(weights[1]),
        snapshotId: later.outcome.snapshotId,
      })
      const [a, b, c] = [first, later, draft].map((run) => [...run.results.values()][0]!.run_id) as [
        number,
        number,
        number,
      ]
      for (const [id, other] of [
        [b, a],
        [c, b],
        [c, a],
        [a, c],
      ] as const) {
        await expectExplained(await findRunPair(database.db, { id, other }))
      }
    }),
    { numRuns: 5, seed: 20_260_901 },
  )
  // The pairs were random enough to show every way a teacher or a line can differ.
  const wanted = [
    'rose',
    'fell',
    'kept',
    'league',
    'blocked',
    'unblocked',
    'joined',
    'gone',
    'fact-new',
    'fact-gone',
  ]
  const causes = [
    'fact-changed',
    'clause-new',
    'clause-gone',
    'clause-changed',
    'weight-changed',
    'person-changed',
  ]
  expect([...wanted, ...causes, 'other-lines'].filter((name) => !seen.has(name))).toEqual([])
}, 120_000)
