import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { storeAnswers } from '../../../../plugins/surveys/answers/store-answers.ts'
import {
  closeAll,
  createTestSurveys,
  giveOut,
  openCampaign,
} from '../../../../plugins/surveys/test-surveys.ts'
import type { TestSurveys } from '../../../../plugins/surveys/test-surveys.ts'
import type { RegulationDocument } from '../../../contract/regulation/document.ts'
import { freezeFacts } from '../../../testing/frozen-facts.ts'
import { exampleRules, exampleText, plain } from '../../example-rules.ts'
import { onePointWeighting } from '../../example-university.ts'
import { requestRun } from '../../request-run.ts'
import { readCertainty } from '../../results/certainty.ts'
import { findFinishedRun } from '../../results/find-run.ts'
import type { FinishedRun } from '../../results/find-run.ts'
import { createRunQueue, startRunWorker } from '../../run-worker.ts'
import { startCertaintyWorker } from './certainty-worker.ts'
import { readErrors } from './read-errors.ts'

/** What students answered becomes points by a regulation that asks for a response rate, and its error becomes intervals of places. */
let server: TestSurveys
let people: Record<string, number>
const everybody = { all: true, unitIds: [], teacherId: null }
const silent = { info: () => undefined, error: () => undefined }
const period = { from: '2025-09-01', to: '2026-08-31' }
const rate = {
  id: 'RATE',
  title: exampleText('Response rate'),
  kind: 'fact' as const,
  indicator: 'surveys.rating',
  value: 'responseRate',
  atLeast: '30',
}
const certainty = { replications: 300, sensitivitySamples: 30, seed: 7, normalisations: [], aggregations: [], weights: { kind: 'fixed' as const } } // prettier-ignore
/** K5 of 50 to 60 points for whom at least 30 of 100 students answered. */
const rules = (rest: Partial<Parameters<typeof exampleRules>[0]> = {}, of = 'shrunken') =>
  exampleRules({
    areas: { K: {} },
    criteria: {
      K5: {
        area: 'K',
        indicator: 'surveys.rating',
        where: [{ value: 'responseRate', atLeast: '30' }],
        points: { kind: 'per-value', of, points: '0.1', plus: '50' },
      },
    },
    certainty,
    ...rest,
  })

/** Answers to the question that counts, 1 to 5, of so many students. */
const spring: Readonly<Record<string, readonly [students: number, steps: readonly number[]]>> = {
  aigul: [10, [5, 5, 5, 5, 4, 4, 4, 3]],
  head: [12, [5, 4, 4, 4, 4, 4, 3, 5]],
  elsewhere: [9, [2, 3, 2, 2, 3, 4]],
  worst: [9, [1, 1, 2, 1, 1, 2, 1, 1]],
  best: [9, [5, 5, 5, 5, 5, 4, 5, 5]],
  middle: [9, [4, 4, 3, 4, 4, 4, 5, 4]],
  // 6 of 40: 15 %.
  seldom: [40, [5, 5, 4, 5, 5, 5]],
  // 4 of 8 are half, and still below the threshold.
  few: [8, [5, 5, 5, 5]],
}
const autumn: typeof spring = {
  aigul: [20, [2, 3, 4, 4, 4, 5, 3]],
  head: [8, [4, 4, 4, 4, 5]],
  middle: [8, [3, 4, 4, 4, 3]],
  elsewhere: [8, [3, 3, 3, 2, 2]],
  // All of a small group; with the spring 11 of 45.
  seldom: [5, [4, 4, 5, 5, 4]],
}

async function hold(answers: typeof spring): Promise<number> {
  const cells = Object.entries(answers).map(([name, [students]]) => ({
    teacher: people[name]!,
    group: name,
    students,
  }))
  const campaign = await openCampaign(server, cells)
  for (const [name, [, steps]] of Object.entries(answers)) {
    const tokens = await giveOut(server, campaign, name)
    const sent = steps.map((clear, index) => ({
      token: tokens[index]!,
      answerId: crypto.randomUUID(),
      answer: { clear },
    }))
    const outcomes = await storeAnswers(server.tables, sent, server.plugin.now())
    expect(new Set(outcomes)).toEqual(new Set(['received']))
  }
  return campaign
}

beforeAll(async () => {
  server = await createTestSurveys()
  const { db, host, jobs } = server.context
  people = { ...server.university.teachers }
  for (const code of ['worst', 'best', 'middle', 'seldom', 'few']) {
    const name = { code, family_name: code, given_name: 'A' }
    const { id } = await db.insertInto('teacher').values(name).returning('id').executeTakeFirstOrThrow()
    const unit = server.university.units.computing
    await db
      .insertInto('appointment')
      .values({ teacher_id: id, unit_id: unit, rate: '1', starts_on: '2020-09-01' })
      .execute()
    people[code] = id
  }
  await hold(spring)
  const second = await hold(autumn)
  const before = await hold({ ...spring, aigul: [10, [1, 1, 1, 1, 1, 1]] })
  const moved = { [second]: ['2025-09-01', '2026-01-31'], [before]: ['2025-01-01', '2025-06-30'] }
  for (const [id, [from, to]] of Object.entries(moved))
    await server.tables
      .updateTable('campaign')
      .set({ period_from: from!, period_to: to! })
      .where('id', '=', Number(id))
      .execute()
  await closeAll(server)
  await createRunQueue(jobs)
  const sources = {
    factSources: () => host.factSources(),
    pointsFunction: () => null,
    weighting: () => onePointWeighting,
  }
  await startRunWorker({ db, jobs, sources, log: silent })
  await startCertaintyWorker({ db, jobs, sources: host, log: silent })
}, 60_000)
afterAll(async () => {
  await server.close()
})

/** An official run, with the certainty of its order. */
async function rateBy(document: RegulationDocument): Promise<FinishedRun> {
  const { db, jobs } = server.context
  const { rows } = await sql<{ id: number }>`
    with r as (insert into core.regulation (code) values (gen_random_uuid()::text) returning id)
    insert into core.regulation_version (regulation_id, version, state, document, hash, created_by)
    select r.id, '1', 'approved', ${JSON.stringify(document)}::jsonb, 'example', (select min(id) from core.account) from r
    returning id`.execute(db)
  const order = {
    regulationVersionId: rows[0]!.id,
    periodFrom: period.from,
    periodTo: period.to,
    purpose: 'official' as const,
  }
  const rest = { snapshotId: null, knownAt: null, requestedBy: server.university.accounts.office }
  const runId = await requestRun(db, jobs, { ...order, ...rest })
  const settled = async () => {
    const { state } = await db
      .selectFrom('run')
      .select('state')
      .where('id', '=', runId)
      .executeTakeFirstOrThrow()
    return state === 'done'
      ? (await readCertainty(db, await findFinishedRun(db, runId), everybody)).state
      : state
  }
  await expect.poll(settled, { timeout: 60_000 }).toBe('done')
  return await findFinishedRun(db, runId)
}

/** By name: status, total, the codes of reasons, and points of facts. */
async function outcomesOf(run: FinishedRun) {
  const { db } = server.context
  const rows = await db.selectFrom('run_teacher').selectAll().where('run_id', '=', run.id).execute()
  const lines = await db.selectFrom('run_line').selectAll().where('run_id', '=', run.id).execute()
  const outcomeOf = (id: number) => {
    const { status, total, reasons } = rows.find((row) => row.teacher_id === id)!
    const points = lines.filter((line) => line.teacher_id === id && line.kind === 'points')
    return { status, total, reasons, points: points.map(({ amount }) => plain(amount)) }
  }
  return Object.fromEntries(Object.entries(people).map(([name, id]) => [name, outcomeOf(id)]))
}

const factOf = async (name: string) =>
  (await freezeFacts(server, period)).filter(({ teacherId }) => teacherId === people[name])

it('several campaigns of a period make one fact, weighted by answers; those of other periods are not in it', async () => {
  const facts = await factOf('aigul')
  expect(facts).toHaveLength(1)
  const { attributes, happenedOn, quantity } = facts[0]!
  expect(happenedOn).toBe('2026-06-30')
  // 35 and 25 in 8 and 7 answers; (60/15 - 1) / 4 = 75 of 100.
  expect(attributes).toMatchObject({ answers: 15, students: 30, responseRate: 50, campaigns: 2, mean: 75 })
  const parts = await server.tables
    .selectFrom('teacher_result as r')
    .innerJoin('campaign as c', 'c.id', 'r.campaign_id')
    .select(['r.answers', 'r.shrunken', 'r.standard_error as error', 'r.mean_error as meanError'])
    .where('r.teacher_id', '=', people['aigul']!)
    .where('c.period_to', '>=', '2025-09-01')
    .execute()
  const sum = (of: (n: number, part: { shrunken: number; error: number; meanError: number }) => number) =>
    parts
      .map(({ answers, shrunken, error, meanError }) =>
        of(answers!, { shrunken: Number(shrunken), error: Number(error), meanError: Number(meanError) }),
      )
      .reduce((total, part) => total + part, 0)
  expect(Number(quantity)).toBeCloseTo(sum((n, { shrunken }) => n * shrunken) / 15, 5)
  expect(attributes['shrunken']).toBe(Number(quantity))
  expect(attributes['standardError']).toBeCloseTo(sum((n, { error }) => n * error) / 15, 5)
  const squares = sum((n, { meanError }) => (n * meanError) ** 2)
  expect(attributes['meanError']).toBeCloseTo(Math.sqrt(squares) / 15, 5)
})

it('gives points above the response rate, none below it with the reason, and calls unknown what is not known', async () => {
  const outcomes = await outcomesOf(await rateBy(rules({ eligibility: [rate] })))
  for (const name of ['aigul', 'head', 'elsewhere', 'worst', 'best', 'middle']) {
    const [fact] = await factOf(name)
    const points = plain((50 + Number(fact!.attributes['shrunken']) / 10).toFixed(9))
    expect([name, outcomes[name]]).toMatchObject([name, { status: 'ranked', reasons: [], points: [points] }])
    expect(plain(outcomes[name]!.total!)).toBe(points)
  }
  const [seldom] = await factOf('seldom')
  expect(seldom!.attributes).toMatchObject({ answers: 11, students: 45 })
  const low = { indicator: 'surveys.rating', value: '24.444444', atLeast: '30' }
  expect(outcomes['seldom']).toMatchObject({
    status: 'excluded',
    points: [],
    reasons: [{ code: 'value-too-low', clause: 'RATE', params: low }],
  })
  // Marat was in no campaign; of the other one too few answered for anything to be kept.
  for (const name of ['marat', 'few'])
    expect([name, outcomes[name]]).toMatchObject([
      name,
      {
        status: 'blocked',
        total: null,
        points: [],
        reasons: [{ code: 'eligibility-unknown', clause: 'RATE' }],
      },
    ])
}, 120_000)

it.each([
  ['block', { status: 'blocked', total: null, reasons: [{ code: 'area-empty', clause: 'K' }] }],
  ['zero', { status: 'ranked', reasons: [] }],
] as const)(
  'leaves it to the regulation what an area without a survey means: %s',
  async (whenEmpty, expected) => {
    const outcomes = await outcomesOf(await rateBy(rules({ areas: { K: { whenEmpty } } })))
    for (const name of ['marat', 'few', 'seldom'])
      expect([name, outcomes[name]]).toMatchObject([name, { ...expected, points: [] }])
    expect(outcomes['aigul']).toMatchObject({ status: 'ranked' })
  },
  120_000,
)

it('carries the standard error to intervals of places; without one every place is certain', async () => {
  const { db, host } = server.context
  const run = await rateBy(rules({ eligibility: [rate] }))
  const ids = Object.values(people)
  const { noise } = await readErrors(db, run, ids, (indicator) => host.errorsOf(indicator))
  for (const [row, name] of Object.keys(people).entries()) {
    const [fact] = await factOf(name)
    const counts = Number(fact?.attributes['responseRate'] ?? 0) >= 30
    expect(noise![row]).toBeCloseTo(counts ? 0.1 * Number(fact!.attributes['standardError']) : 0, 9)
  }
  const { summary } = await readCertainty(db, run, everybody)
  expect(summary!.errors).toEqual({ facts: 6, unknown: 0, clauses: [] })
  const places = await placesOf(run)
  expect(places).toHaveLength(6)
  expect(places.some(({ lower, upper }) => upper! > lower!)).toBe(true)
  const of = (name: string) => places.find(({ id }) => id === people[name])!
  expect(of('best').upper!).toBeLessThan(of('worst').lower!)

  // The number of answers has no error.
  const exact = await placesOf(await rateBy(rules({ eligibility: [rate] }, 'answers')))
  expect(exact).toHaveLength(6)
  expect(exact.filter(({ lower, upper }) => upper !== lower)).toEqual([])
}, 120_000)

async function placesOf(run: FinishedRun) {
  return await server.context.db
    .selectFrom('run_certainty_teacher')
    .select(['teacher_id as id', 'lower_place as lower', 'upper_place as upper'])
    .where('run_id', '=', run.id)
    .execute()
}
