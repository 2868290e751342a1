import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { replayRun } from '../../replay/replay-run.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, pointsOf } from '../example-rules.ts'
import type { ExampleRules } from '../example-rules.ts'
import { enterExample, onePointWeighting, rateExample } from '../example-university.ts'
import type { ExampleResult, ExampleTeacher } from '../example-university.ts'
import { dependsOnOthers } from '../preview/depends-on-others.ts'
import { compareCorrection } from '../results/comparison/compare-correction.ts'
import { verifyRun } from '../results/verify-run.ts'
import type { Correction } from './correction.ts'

const title = exampleText('Random')
const types = ['a', 'b', 'c', 'd'] as const
const rulesArbitrary: fc.Arbitrary<ExampleRules> = fc
  .record({
    cap: fc.option(fc.constantFrom('40', '90')),
    share: fc.option(fc.constantFrom('0.3', '0.6')),
    norm: fc.option(fc.constantFrom('subtract' as const, 'ratio' as const)),
    scale: fc.constantFrom('none', 'none', 'none', 'z', 'share-of-maximum'),
    rollUp: fc.constantFrom(false, false, true),
    staff: fc.constantFrom(false, false, true),
    bandsBy: fc.constantFrom('total' as const, 'total' as const, 'league-percent' as const),
  })
  .map(({ cap, share, norm, scale, rollUp, staff, bandsBy }) => ({
    areas: { A: { cap }, B: { shareOfTotal: share } },
    criteria: { a: 'A', b: 'A', c: 'B', d: { area: 'B', ...(staff ? { whose: 'staff' as const } : {}) } },
    norms: norm ? [{ id: 'N', title, mode: norm, byPosition: { professor: '30', lecturer: '12.5' } }] : [],
    normalisation:
      scale === 'none' ? {} : { byArea: { B: { method: scale as 'z', within: 'all' as const } } },
    rollUps: rollUp
      ? [{ id: 'U', title, area: 'A', from: ['B'], statistic: 'mean' as const, weight: '0.1' }]
      : [],
    bandsBy,
    bands:
      bandsBy === 'total'
        ? []
        : [
            { id: 'top', title, from: null, to: '20' },
            { id: 'rest', title, from: '20', to: null },
          ],
  }))

const teacherArbitrary = fc.record({
  position: fc.constantFrom('professor', 'lecturer'),
  unit: fc.constantFrom('d', 'd2', 'e'),
  facts: fc.array(
    fc
      .record({ type: fc.constantFrom(...types), points: fc.integer({ min: 0, max: 60 }) })
      .map((attributes) => ({
        indicator: 'example.thing',
        attributes,
      })),
    { minLength: 2, maxLength: 6 },
  ),
})
const teachers: ExampleTeacher[] = fc
  .sample(teacherArbitrary, { seed: 11, numRuns: 25 })
  .map((teacher, index) => ({
    ...teacher,
    code: `T${index}`,
    leads: { 0: ['d'], 1: ['e'] }[index] ?? [],
  }))
const documents = fc.sample(rulesArbitrary, { seed: 12, numRuns: 28 }).map(exampleRules)

let database: TestDatabase
let ids: Map<string, number>
/** Of each teacher, the evidence as it was frozen. */
let evidenceOf: Map<string, number[]>
beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, teachers)
  const { rows } = await sql<{ code: string; id: number; evidence: number[] }>`
    select t.code, t.id, array_agg(p.evidence_id order by p.evidence_id) as evidence
    from core.teacher t join core.evidence_participant p on p.teacher_id = t.id group by t.code, t.id`.execute(
    database.db,
  )
  ids = new Map(rows.map(({ code, id }) => [code, id]))
  evidenceOf = new Map(rows.map(({ code, evidence }) => [code, evidence.map(Number)]))
})
afterAll(async () => {
  await database.drop()
})

/** After the freeze the year goes on: others enter more, and what they had is changed, taken back, gone from their posts. */
async function goOn(): Promise<void> {
  const { db } = database
  await enterExample(database, [{ code: 'new', position: 'lecturer', facts: pointsOf({ a: 55 }) }])
  await sql`update core.evidence set data = data || '{"points": 59}'`.execute(db)
  await sql`update core.evidence set state = 'rejected' where id % 5 = 0`.execute(db)
  await sql`update core.appointment set position = 'professor', rate = 0.5`.execute(db)
}

const added = { role: null, participants: 1, share: null, ordinal: null, affiliated: 1, expertPoints: null }
/** Each kind of correction of one or two people, T3 and T4, or of a leader, T0. */
function correctionsOf(index: number): Correction[] {
  const approved = (code: string) => evidenceOf.get(code)!.find((id) => id % 5 !== 0)!
  const fact = {
    ...added,
    indicator: 'example.thing',
    happenedOn: '2026-02-02',
    quantity: '1',
    attributes: { type: 'c', points: 17 },
  }
  const choices: Correction[][] = [
    [{ teacherId: ids.get('T3')!, kind: 'evidence', evidenceId: approved('T3') }],
    [{ teacherId: ids.get('T3')!, kind: 'remove', factNo: 1 }],
    [{ teacherId: ids.get('T3')!, kind: 'add', fact }],
    [{ teacherId: ids.get('T3')!, kind: 'person' }],
    [
      { teacherId: ids.get('T3')!, kind: 'add', fact },
      { teacherId: ids.get('T4')!, kind: 'remove', factNo: 1 },
      { teacherId: ids.get('T4')!, kind: 'evidence', evidenceId: approved('T4') },
    ],
    [{ teacherId: ids.get('T0')!, kind: 'add', fact }],
  ]
  return choices[index % choices.length]!
}

/** Lines as they read, in an order of their own; the number of a fact of the staff may shift. */
const linesOf = ({ results }: ExampleResult, code: string) =>
  results
    .get(code)!
    .lines.map(({ kind, area, clause, amount, fact_teacher_id }) =>
      [kind, area, clause, amount, fact_teacher_id].join(' '),
    )
    .sort()

it('changes the lines and points of the appellants alone, and of those whose clauses make them depend on others', async () => {
  const bases = []
  let snapshotId: number | undefined
  for (const document of documents) {
    const base = await rateExample(database, document, snapshotId ? { snapshotId } : {})
    snapshotId = base.outcome.snapshotId
    bases.push({ document, base })
  }
  await goOn()
  let [alone, together, changedAppellants] = [0, 0, 0]
  for (const [index, { document, base }] of bases.entries()) {
    const corrections = correctionsOf(index)
    const appellants = new Set(corrections.map(({ teacherId }) => teacherId))
    const after = await rateExample(database, document, {
      corrects: { snapshotId: snapshotId!, corrections },
    })
    expect([...after.results.keys()].sort()).toEqual([...base.results.keys()].sort())
    const changed = [...base.results.keys()].filter((code) => {
      const [then, now] = [base.results.get(code)!, after.results.get(code)!]
      return then.total !== now.total || linesOf(base, code).join() !== linesOf(after, code).join()
    })
    changedAppellants += changed.filter((code) => appellants.has(ids.get(code)!)).length
    const others = changed.filter((code) => !appellants.has(ids.get(code)!))
    const dependsOn = dependsOnOthers(document, onePointWeighting)
    const pointsDependOn = dependsOn.filter((id) => id !== 'top')
    if (pointsDependOn.length === 0) {
      alone++
      expect(others, `document ${index}`).toEqual([])
    } else together++
    const found = await compareCorrection(
      database.db,
      { runId: after.runId, baseRunId: base.runId },
      [...appellants],
      onePointWeighting,
    )
    expect(found.dependsOn).toEqual(dependsOn)
    expect(found.isExplained).toBe(true)
    expect(found.dependents.map(({ teacherId }) => teacherId).sort()).toEqual(
      others.map((code) => ids.get(code)!).sort(),
    )
    expect(found.appellants.map(({ teacherId }) => teacherId).sort()).toEqual([...appellants].sort())
  }
  expect(alone).toBeGreaterThan(3)
  expect(together).toBeGreaterThan(3)
  expect(changedAppellants).toBeGreaterThan(8)
})

it('comes to the identical hash when it is verified and replayed', async () => {
  const document = exampleRules({ areas: { A: {} }, criteria: { a: 'A', b: 'A', c: 'A', d: 'A' } })
  const { rows } = await sql<{ id: number }>`select min(id) as id from core.snapshot`.execute(database.db)
  const { runId } = await rateExample(database, document, {
    corrects: { snapshotId: rows[0]!.id, corrections: correctionsOf(4) },
  })
  const verified = await verifyRun(database.db, runId)
  expect(verified.found).toBe(verified.recorded)
  expect(verified.snapshot.found).toBe(verified.snapshot.recorded)
  const sources = {
    factSources: () => [],
    pointsFunction: () => null,
    weighting: () => onePointWeighting,
  }
  const replay = await replayRun(database.db, sources, runId)
  expect(replay.hash.found).toBe(replay.hash.recorded)
  expect(replay.snapshot.found).toBe(replay.snapshot.recorded)
  expect(replay.differences.tables).toEqual([])
})

it('refuses to count evidence that is not approved, and to remove a fact that is not there', async () => {
  const document = exampleRules({ areas: { A: {} }, criteria: { a: 'A' } })
  const { rows } = await sql<{ id: number }>`select min(id) as id from core.snapshot`.execute(database.db)
  const correct = async (correction: Correction) =>
    await rateExample(database, document, {
      corrects: { snapshotId: rows[0]!.id, corrections: [correction] },
    })
  const [code, evidence] = [...evidenceOf].find(([, list]) => list.some((id) => id % 5 === 0))!
  const rejected = evidence.find((id) => id % 5 === 0)!
  const teacherId = ids.get(code)!
  await expect(correct({ teacherId, kind: 'evidence', evidenceId: rejected })).rejects.toMatchObject({
    code: 'correction-evidence',
  })
  const foreign = evidenceOf.get('T5')!.find((id) => id % 5 !== 0)!
  await expect(
    correct({ teacherId: ids.get('T6')!, kind: 'evidence', evidenceId: foreign }),
  ).rejects.toMatchObject({
    code: 'correction-evidence',
  })
  await expect(correct({ teacherId, kind: 'remove', factNo: 99 })).rejects.toMatchObject({
    code: 'correction-fact',
  })
  await sql`update core.appointment set ends_on = '2020-01-01' where teacher_id = ${teacherId}`.execute(
    database.db,
  )
  await expect(correct({ teacherId, kind: 'person' })).rejects.toMatchObject({ code: 'correction-person' })
})
