import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PgBoss } from 'pg-boss'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { openJobs } from './open-jobs.ts'
import { startNightly } from './start-nightly.ts'

let database: TestDatabase
let jobs: PgBoss
beforeAll(async () => {
  database = await createTestDatabase()
  jobs = await openJobs(database.url, { error: () => undefined })
})
afterAll(async () => {
  await jobs.stop({ graceful: false })
  await database.drop()
})

test('jobs live in a schema of their own, in the database of what they are about', async () => {
  const { rows } = await database.pool.query(
    "select count(*) > 0 as there from pg_tables where schemaname = 'pgboss'",
  )
  expect(rows).toEqual([{ there: true }])
})

test('a queue of nightly work that was made by an earlier version is found by its heartbeat from now on', async () => {
  await jobs.createQueue('test-older', { retryLimit: 1 })
  await startNightly(jobs, { 'test-older': async () => undefined })
  expect(await jobs.getQueue('test-older')).toMatchObject({ heartbeatSeconds: 10, expireInSeconds: 43_200 })
  await jobs.unschedule('test-older')
})

test('nightly work has one place in the schedule however many workers start, and runs when its job comes', async () => {
  let runs = 0
  const work = {
    'test-nightly': async () => {
      runs++
    },
  }
  await startNightly(jobs, work)
  await startNightly(jobs, work)
  expect((await jobs.getSchedules()).map(({ name, cron }) => [name, cron])).toEqual([
    ['test-nightly', '0 3 * * *'],
  ])
  await jobs.send('test-nightly', {})
  await expect.poll(() => runs, { timeout: 15_000 }).toBe(1)
})
