import { afterAll, beforeAll, expect, test } from 'vitest'
import { definePlugin } from '../plugin/index.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { sendRunFinished, startPluginJobs } from './plugin-jobs.ts'

const texts = { name: 'Counter', description: 'Counts' }
const done: unknown[] = []
let failures = 0
const plugin = definePlugin({
  id: 'counter',
  version: '1.0.0',
  messages: { kk: texts, ru: texts, en: texts },
  jobs: {
    count: {
      async work(context, data) {
        await Promise.resolve()
        done.push([context.now().toISOString(), data])
      },
    },
    follow: {
      when: 'run-finished',
      async work(_context, { runId }) {
        await Promise.resolve()
        done.push(['run', runId])
      },
    },
    stumble: {
      async work() {
        await Promise.resolve()
        failures++
        if (failures === 1) throw new Error('the first time it fails')
      },
    },
    nightly: { when: 'night', work: async () => await Promise.resolve() },
  },
})

let server: TestApp
beforeAll(async () => {
  server = await createTestApp({ plugins: [plugin] })
})
afterAll(async () => {
  await server.close()
})
const context = () => server.context.host.contextOf('counter')
const waiting = async (name: string) =>
  (await server.context.jobs.findJobs(`plugin.counter.${name}`, { queued: true })).length

test('a job is sent once for each key while it waits, and not at all if the transaction is undone', async () => {
  await context().jobs.send('count', { value: 1 }, { key: 'a' })
  await context().jobs.send('count', { value: 2 }, { key: 'a' })
  await context().jobs.send('count', { value: 3 })
  await context().jobs.send('count', { value: 4 })
  const undone = context()
    .db.transaction()
    .execute(async (trx) => {
      await context().jobs.send('count', { value: 5 }, { trx })
      throw new Error('undo')
    })
  await expect(undone).rejects.toThrow('undo')
  expect(await waiting('count')).toBe(3)
})

test('of a finished run each plugin that follows runs is told once, in the transaction that ends it', async () => {
  const { db, jobs, host } = server.context
  await db.transaction().execute(async (trx) => {
    await sendRunFinished(trx, jobs, host, 7)
    await sendRunFinished(trx, jobs, host, 7)
  })
  expect(await waiting('follow')).toBe(1)
})

test('a job that a plugin does not have is refused', async () => {
  await expect(context().jobs.send('dance', {})).rejects.toThrow('the plugin counter has no job "dance"')
})

test('workers do what waits with the context of the plugin; what fails is tried again; nights are scheduled', async () => {
  const { jobs, host } = server.context
  await context().jobs.send('stumble', {})
  await startPluginJobs(jobs, host)
  const at = '2026-06-30T09:00:00.000Z'
  await expect
    .poll(() => done.map((one) => JSON.stringify(one)).sort(), { timeout: 15_000 })
    .toEqual(
      [
        [at, { value: 1 }],
        [at, { value: 3 }],
        [at, { value: 4 }],
        ['run', 7],
      ]
        .map((one) => JSON.stringify(one))
        .sort(),
    )
  await expect.poll(() => failures, { timeout: 20_000 }).toBe(2)
  expect((await jobs.getSchedules()).map(({ name }) => name)).toContain('plugin.counter.nightly.night')
})
