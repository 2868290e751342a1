import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RegulationDocument } from '../../../contract/regulation/document.ts'
import type { DeclaredErrors } from '../../../plugin/definition.ts'
import { createTestDatabase } from '../../../testing/create-test-database.ts'
import type { TestDatabase } from '../../../testing/create-test-database.ts'
import { exampleRules, exampleText, pointsOf } from '../../example-rules.ts'
import { enterExample, examplePeriod, onePointWeighting } from '../../example-university.ts'
import { requestRun } from '../../request-run.ts'
import { readCertainty } from '../../results/certainty.ts'
import { findFinishedRun } from '../../results/find-run.ts'
import { createRunQueue, startRunWorker } from '../../run-worker.ts'
import { openRandom } from '../random.ts'
import { startCertaintyWorker } from './certainty-worker.ts'
import { readErrors } from './read-errors.ts'
import { certaintyQueue, requestCertainty } from './request-certainty.ts'

let database: TestDatabase
let jobs: PgBoss
const random = openRandom(9)
const silent = { info: () => undefined, error: () => undefined }
/** The mean of a survey is known to its standard error. */
const errorsOf = (indicator: string): DeclaredErrors =>
  indicator === 'example.survey' ? { mean: 'standardError' } : {}

const document = exampleRules({
  areas: { A: {}, B: {}, S: {} },
  criteria: {
    a: 'A',
    b: 'B',
    s: {
      area: 'S',
      indicator: 'example.survey',
      where: [],
      points: { kind: 'per-value', of: 'mean', points: '20', per: '2' },
    },
  },
  leagues: [
    { id: 'P', title: exampleText('P'), positions: ['professor'] },
    { id: 'L', title: exampleText('L'), positions: ['lecturer'] },
  ],
  certainty: { replications: 200, sensitivitySamples: 30, seed: 7, normalisations: null, aggregations: [], weights: { kind: 'relative', range: '0.25' } }, // prettier-ignore
})

beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(
    database,
    Array.from({ length: 40 }, (_, row) => ({
      code: `T${row}`,
      position: row === 0 ? null : row % 2 === 0 ? 'professor' : 'lecturer',
      facts: [
        ...pointsOf({ a: Math.round(20 * random.uniform()), b: Math.round(20 * random.uniform()) }),
        {
          indicator: 'example.survey',
          attributes: {
            mean: 3 + Math.round(random.uniform() * 10) / 10,
            standardError: row === 1 ? null : 0.2,
          },
        },
      ],
    })),
  )
  jobs = new PgBoss({ connectionString: database.url, schema: 'pgboss' })
  jobs.on('error', () => undefined)
  await jobs.start()
  await createRunQueue(jobs)
  const sources = {
    factSources: () =>
      ['example.thing', 'example.survey'].map((indicator) => ({
        source: 'evidence' as const,
        indicator,
        enrich: null,
      })),
    pointsFunction: () => null,
    weighting: () => onePointWeighting,
  }
  await startRunWorker({ db: database.db, jobs, sources, log: silent })
}, 60_000)
afterAll(async () => {
  await jobs.stop({ graceful: false })
  await database.drop()
})

async function rate(purpose: 'official' | 'trial', rules: RegulationDocument = document): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with r as (insert into core.regulation (code) values (gen_random_uuid()::text) returning id)
    insert into core.regulation_version (regulation_id, version, state, document, hash, created_by)
    select r.id, '1', 'approved', ${JSON.stringify(rules)}::jsonb, 'example', (select min(id) from core.account) from r
    returning id`.execute(database.db)
  const { from: periodFrom, to: periodTo } = examplePeriod
  const run = { regulationVersionId: rows[0]!.id, periodFrom, periodTo, purpose }
  const runId = await requestRun(database.db, jobs, {
    ...run,
    snapshotId: null,
    knownAt: null,
    requestedBy: 1,
  })
  await expect
    .poll(
      async () =>
        (
          await database.db
            .selectFrom('run')
            .select('state')
            .where('id', '=', runId)
            .executeTakeFirstOrThrow()
        ).state,
      { timeout: 30_000 },
    )
    .toBe('done')
  return runId
}
const certaintyOf = async (runId: number) =>
  await readCertainty(database.db, await findFinishedRun(database.db, runId), {
    all: true,
    unitIds: [],
    teacherId: null,
  })
const rowsOf = async (runId: number) =>
  await database.db
    .selectFrom('run_certainty_teacher')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('teacher_id')
    .execute()
const jobsOf = async (runId: number) =>
  (
    await sql<{ n: number }>`select count(*)::int as n from pgboss.job
      where name = ${certaintyQueue} and (data ->> 'runId')::bigint = ${runId}`.execute(database.db)
  ).rows[0]!.n
async function settle(runId: number) {
  await expect
    .poll(async () => (await certaintyOf(runId)).state, { timeout: 60_000 })
    .toMatch(/^(done|failed)$/)
  return await certaintyOf(runId)
}

describe('certainty of a run', () => {
  it('is asked for with the end of an official run, in its transaction, and of a trial only when somebody asks', async () => {
    const [official, trial] = [await rate('official'), await rate('trial')]
    expect([(await certaintyOf(official)).state, await jobsOf(official)]).toEqual(['queued', 1])
    expect([(await certaintyOf(trial)).state, await jobsOf(trial)]).toEqual(['none', 0])
    await database.db.transaction().execute(async (trx) => {
      await requestCertainty(trx, jobs, trial)
      await requestCertainty(trx, jobs, trial)
    })
    expect([(await certaintyOf(trial)).state, await jobsOf(trial)]).toEqual(['queued', 1])
    const undone = database.db.transaction().execute(async (trx) => {
      await sql`delete from core.run_certainty where run_id = ${trial}`.execute(trx)
      await requestCertainty(trx, jobs, trial)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await jobsOf(trial)).toBe(1)
  })

  it('is worked out beside the event loop and written once, however often its job runs', async () => {
    const runId = await rate('official')
    await jobs.send(certaintyQueue, { runId })
    let longest = 0
    let last = performance.now()
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    await startCertaintyWorker({ db: database.db, jobs, sources: { errorsOf }, log: silent })
    const { settings, summary, fraction } = await settle(runId)
    clearInterval(watch)
    expect(longest).toBeLessThan(1500)
    expect(fraction).toBe(1)
    expect(settings).toMatchObject({ seed: 7, replications: 200 })
    expect(settings!.normalisations).toHaveLength(1)
    expect(summary!.replications).toEqual({ asked: 200, failed: 0 })
    expect(summary!.choices.map(({ choice, isOpen }) => [choice, isOpen])).toEqual([
      ['weights', true],
      ['normalisation', true],
      ['aggregation', false],
      ['noise', true],
    ])
    expect(summary!.errors).toEqual({ facts: 40, unknown: 1, clauses: [] })
    const rows = await rowsOf(runId)
    expect(rows).toHaveLength(39)
    expect(summary!.leagues.map(({ league, teachers }) => [league, teachers])).toEqual([['P', 19], ['L', 20]]) // prettier-ignore
    for (const league of summary!.leagues) {
      const bands = rows.filter((row) => row.league === league.league).map(({ tied_band }) => tied_band!)
      expect(new Set(bands).size).toBe(league.bands)
      expect(Math.max(...bands)).toBe(league.bands)
    }
    const places = await database.db
      .selectFrom('run_teacher')
      .select(['teacher_id', 'place'])
      .where('run_id', '=', runId)
      .where('place', 'is not', null)
      .orderBy('teacher_id')
      .execute()
    expect(rows.map(({ teacher_id, place }) => ({ teacher_id, place }))).toEqual(places)
    await expect.poll(async () => await jobsOf(runId)).toBe(2)
    await jobs.send(certaintyQueue, { runId })
    const again = await rate('official')
    await settle(again)
    expect(await rowsOf(runId)).toEqual(rows)
    const figures = (list: typeof rows) => list.map(({ run_id: _, ...row }) => row)
    expect(figures(await rowsOf(again))).toEqual(figures(rows))
  }, 120_000)

  it('is frozen', async () => {
    const statement = sql`update core.run_certainty_teacher set place = 1`.execute(database.db)
    await expect(statement).rejects.toThrow(/frozen/)
  })

  it('names clauses whose rule cannot carry an error to points', async () => {
    const [a, b, s] = document.criteria
    const tiers = { kind: 'tiers' as const, of: 'mean', tiers: [{ from: '3.5', to: null, fromInclusive: true, toInclusive: true, points: '5' }], otherwise: '0', whenUnknown: 'block' as const } // prettier-ignore
    const runId = await rate('official', { ...document, criteria: [a!, b!, { ...s!, points: tiers }] })
    const { summary } = await settle(runId)
    expect(summary!.errors).toEqual({ facts: 0, unknown: 0, clauses: ['s'] })
    expect(summary!.choices.find(({ choice }) => choice === 'noise')!.isOpen).toBe(false)
  }, 60_000)

  it('fails with the reason where the places are not those of the totals, and can be asked for again', async () => {
    const runId = await rate('trial')
    await sql`alter table core.run_teacher disable trigger frozen`.execute(database.db)
    await sql`update core.run_teacher set total = total + 1 where run_id = ${runId} and place = 1`.execute(
      database.db,
    )
    const ask = async () =>
      await database.db.transaction().execute(async (trx) => {
        await requestCertainty(trx, jobs, runId)
      })
    await ask()
    expect(await settle(runId)).toMatchObject({ state: 'failed', failure: { code: 'certainty-differs' } })
    await sql`update core.run_teacher set total = total - 1 where run_id = ${runId} and place = 1`.execute(
      database.db,
    )
    await sql`alter table core.run_teacher enable trigger frozen`.execute(database.db)
    await ask()
    expect((await settle(runId)).state).toBe('done')
  }, 60_000)
})

it('carries the error of a mean by the slope of its rule and what splits leave: 10 points a unit x 0.2', async () => {
  const runId = await rate('trial')
  const run = await findFinishedRun(database.db, runId)
  const ids = (await database.db.selectFrom('teacher').select('id').orderBy('id').execute()).map(
    ({ id }) => id,
  )
  const { noise } = await readErrors(database.db, run, ids, errorsOf)
  expect(Array.from(noise!.slice(0, 9), (value) => Number(value.toFixed(9)))).toEqual([
    0, 0, 2, 0, 0, 0, 0, 0, 2,
  ])
})
