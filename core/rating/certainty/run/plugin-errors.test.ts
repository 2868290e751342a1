import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TeachingTables } from '../../../../plugins/teaching/tables.ts'
import teaching from '../../../../plugins/teaching/index.ts'
import { enterGroups } from '../../../../plugins/teaching/test-teaching.ts'
import { exampleGroups } from '../../../../plugins/teaching/results/example-groups.ts'
import { createTestApp } from '../../../testing/create-test-app.ts'
import type { TestApp } from '../../../testing/create-test-app.ts'
import { exampleRules } from '../../example-rules.ts'
import { enterExample, onePointWeighting } from '../../example-university.ts'
import { requestRun } from '../../request-run.ts'
import { readCertainty } from '../../results/certainty.ts'
import { findFinishedRun } from '../../results/find-run.ts'
import { createRunQueue, startRunWorker } from '../../run-worker.ts'
import { startCertaintyWorker } from './certainty-worker.ts'
import { readErrors } from './read-errors.ts'

/** The whole way of a plugin's declared error: from its query through the snapshot and the points of a run to the intervals of places. */
let server: TestApp
let jobs: PgBoss
const everybody = { all: true, unitIds: [], teacherId: null }
const silent = { info: () => undefined, error: () => undefined }
const document = exampleRules({
  areas: { T: {} },
  criteria: {
    t: {
      area: 'T',
      indicator: 'teaching.performance',
      where: [],
      points: { kind: 'per-value', of: 'result', points: '10', per: '1' },
    },
  },
  certainty: { replications: 300, sensitivitySamples: 30, seed: 7, normalisations: [], aggregations: [], weights: { kind: 'fixed' } }, // prettier-ignore
})

beforeAll(async () => {
  server = await createTestApp({ plugins: [teaching] })
  const { db } = server.context
  await enterExample(
    server.database,
    Array.from({ length: 8 }, (_, row) => ({ code: `T${row}`, position: 'lecturer', facts: [] })),
  )
  const people = await db.selectFrom('teacher').select('id').orderBy('id').execute()
  const groups = exampleGroups({ courses: 4, years: 6, students: 40 })
  const taught = groups.map((group) => ({
    ...group,
    teachers: group.teachers.map((id) => people[id > 100 ? id - 101 + 4 : id - 1]!.id),
  }))
  await enterGroups(server.context.host.contextOf('teaching').db as unknown as Kysely<TeachingTables>, taught)
  jobs = new PgBoss({ connectionString: server.database.url, schema: 'pgboss' })
  jobs.on('error', () => undefined)
  await jobs.start()
  await createRunQueue(jobs)
  const { host } = server.context
  const sources = {
    factSources: () => host.factSources(),
    pointsFunction: () => null,
    weighting: () => onePointWeighting,
  }
  await startRunWorker({ db, jobs, sources, log: silent })
  await startCertaintyWorker({ db, jobs, sources: host, log: silent })
}, 60_000)
afterAll(async () => {
  await jobs.stop({ graceful: false })
  await server.close()
})

it('a plugin’s standard error becomes the noise of its points, and places that lie nearer than it get intervals', async () => {
  const { db } = server.context
  const { rows } = await sql<{ id: number }>`
    with r as (insert into core.regulation (code) values ('teaching') returning id)
    insert into core.regulation_version (regulation_id, version, state, document, hash, created_by)
    select r.id, '1', 'approved', ${JSON.stringify(document)}::jsonb, 'example', (select min(id) from core.account) from r
    returning id`.execute(db)
  const period = { periodFrom: '2025-09-01', periodTo: '2026-08-31' }
  const order = { regulationVersionId: rows[0]!.id, ...period, purpose: 'official' as const }
  const runId = await requestRun(db, jobs, { ...order, snapshotId: null, knownAt: null, requestedBy: 1 })
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
  const run = await findFinishedRun(db, runId)
  const { summary } = await readCertainty(db, run, everybody)
  expect(summary!.errors).toEqual({ facts: 8, unknown: 0, clauses: [] })
  const ids = (await db.selectFrom('teacher').select('id').orderBy('id').execute()).map(({ id }) => id)
  const { noise } = await readErrors(db, run, ids, (indicator) => server.context.host.errorsOf(indicator))
  const errors = await sql<{ error: number }>`
    select (attributes ->> 'standardError')::float8 as error from core.snapshot_fact where snapshot_id = ${run.snapshotId} and indicator = 'teaching.performance' order by teacher_id`.execute(
    db,
  )
  errors.rows.forEach(({ error }, row) => {
    expect(noise![row]).toBeCloseTo(10 * error, 9)
  })
  const places = await db
    .selectFrom('run_certainty_teacher')
    .selectAll()
    .where('run_id', '=', runId)
    .execute()
  expect(places).toHaveLength(8)
  expect(places.some(({ lower_place: lower, upper_place: upper }) => upper! > lower!)).toBe(true)
}, 120_000)
