import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { enterExample, examplePeriod } from './example-university.ts'
import { cancelRun, requestRun } from './request-run.ts'
import { getRun } from './results/list-runs.ts'
import { createRunQueue, startRunWorker } from './run-worker.ts'
import { exampleSources, recordExampleRegulation } from './run-worker.example.ts'

let database: TestDatabase
let jobs: PgBoss
let regulationVersionId: number

beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(
    database,
    Array.from({ length: 30 }, (_, index) => ({
      code: `T${index}`,
      position: 'lecturer',
      facts: [{ indicator: 'example.thing', attributes: { type: 'fixed' } }],
    })),
  )
  regulationVersionId = await recordExampleRegulation(database.db)
  jobs = new PgBoss({
    connectionString: database.url,
    schema: 'pgboss',
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
  })
  jobs.on('error', () => undefined)
  await jobs.start()
  await createRunQueue(jobs)
}, 60_000)
afterAll(async () => {
  await jobs.stop({ graceful: false })
  await database.drop()
})

const request = (more: Partial<Parameters<typeof requestRun>[2]> = {}) => ({
  regulationVersionId,
  periodFrom: examplePeriod.from,
  periodTo: examplePeriod.to,
  purpose: 'official' as const,
  snapshotId: null,
  knownAt: null,
  requestedBy: 1,
  ...more,
})

async function waitFor(runId: number, states: readonly string[], seconds = 60) {
  for (let tries = 0; tries < seconds * 10; tries++) {
    const run = await getRun(database.db, runId)
    if (states.includes(run.state)) return run
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return await getRun(database.db, runId)
}

/** Rows of all frozen tables together: nothing of a killed run may be among them. */
async function frozenRows(): Promise<number> {
  const tables = [
    'snapshot',
    'snapshot_unit',
    'snapshot_teacher',
    'snapshot_fact',
    'run_teacher',
    'run_area',
    'run_line',
  ]
  const counts = tables.map((table) => `(select count(*) from core.${table})`).join(' + ')
  const { rows } = await database.pool.query<{ n: number }>(`select ${counts} as n`)
  return rows[0]!.n
}

it('leaves neither run nor job when the request is refused', async () => {
  const count = async () =>
    await database.pool
      .query<Record<string, number>>(
        'select (select count(*) from core.run), (select count(*) from pgboss.job) as jobs',
      )
      .then(({ rows }) => rows[0])
  const before = await count()
  await expect(requestRun(database.db, jobs, request({ periodFrom: '2027-01-01' }))).rejects.toMatchObject({
    code: 'period-backwards',
  })
  await expect(requestRun(database.db, jobs, request({ regulationVersionId: 999 }))).rejects.toMatchObject({
    code: 'regulation-not-found',
  })
  await expect(requestRun(database.db, jobs, request({ snapshotId: 999 }))).rejects.toMatchObject({
    code: 'snapshot-not-found',
  })
  await expect(requestRun(database.db, jobs, request({ requestedBy: 999 }))).rejects.toThrow()
  expect(await count()).toEqual(before)
})

it('ends a queued run at once when it is cancelled, without results', async () => {
  const runId = await requestRun(database.db, jobs, request())
  await cancelRun(database.db, runId)
  expect((await getRun(database.db, runId)).state).toBe('cancelled')
  await expect(cancelRun(database.db, runId)).rejects.toMatchObject({ code: 'run-finished' })
})

it('leaves nothing of a run whose worker is killed, and finishes it with another worker', async () => {
  const before = await frozenRows()
  const runId = await requestRun(database.db, jobs, request())
  // A worker in a process of its own that stands still in the middle of the run, its snapshot written but not committed.
  const child = spawn(
    process.execPath,
    [new URL('./run-worker.example.ts', import.meta.url).pathname, database.url],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await once(child.stdout, 'data')
  expect((await getRun(database.db, runId)).state).toBe('running')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await frozenRows()).toBe(before)
  await startRunWorker({
    db: database.db,
    jobs,
    sources: exampleSources,
    log: { info: () => undefined, error: console.error },
  })
  const run = await waitFor(runId, ['done', 'failed'])
  expect(run).toMatchObject({ state: 'done', counts: { teachers: 30, ranked: 30, facts: 30, lines: 60 } })
}, 90_000)

it('gives an official run the same hash as a second one of the same data', async () => {
  const first = await waitFor(await requestRun(database.db, jobs, request()), ['done', 'failed'])
  const second = await waitFor(
    await requestRun(database.db, jobs, request({ snapshotId: first.snapshotId })),
    ['done', 'failed'],
  )
  expect(first.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(second.hash).toBe(first.hash)
})

it('fails a run with the reason when no plugin supplies its indicators', async () => {
  const versionId = await recordExampleRegulation(database.db, { indicator: 'nobody.knows' })
  const run = await waitFor(
    await requestRun(database.db, jobs, request({ regulationVersionId: versionId })),
    ['failed', 'done'],
  )
  expect(run).toMatchObject({
    state: 'failed',
    failure: { code: 'indicators-missing', params: { indicators: ['nobody.knows'] } },
  })
})
