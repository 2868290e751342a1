import { startPluginJobs } from '@ustaz/core/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as contract from '../../contract.ts'
import { createTestTeaching } from '../../test-teaching.ts'
import type { TestTeaching } from '../../test-teaching.ts'
import { deleteOldOrders } from './read-orders.ts'
import { workOnImport } from './work-on-import.ts'

let server: TestTeaching
beforeAll(async () => {
  server = await createTestTeaching()
})
afterAll(async () => {
  await server.close()
})
beforeEach(async () => {
  await sql`truncate plugin_teaching.enrolment, plugin_teaching.group_teacher, plugin_teaching.course_group, plugin_teaching.course,
    plugin_teaching.group_sums, plugin_teaching.course_result, plugin_teaching.result_review, plugin_teaching.import_order restart identity`.execute(
    server.own,
  )
})

const file = 'code,title\nCS-101,Introduction to programming\nCS-102,Data structures\n'
const params = { kind: 'courses' as const }
const order = async (body: { dryRun?: string } = { dryRun: 'false' }, content = file) =>
  await server.ask('office', contract.importTable, { params, body }, content)
const read = async (id: number) => await server.ask('office', contract.getImport, { params: { id } })
const stored = async (id: number) =>
  await server.own.selectFrom('import_order').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const work = async (id: number, signal = new AbortController().signal) =>
  await workOnImport(server.teaching, id, signal)
const codes = async () => (await server.own.selectFrom('course').select('code').orderBy('code').execute()).map(({ code }) => code) // prettier-ignore

test('the answer comes at once: the work waits, and nothing is read yet', async () => {
  const made = await order({ dryRun: 'false' }, 'no table at all')
  expect(made).toMatchObject({
    state: 'queued',
    stage: null,
    fraction: 0,
    dryRun: false,
    by: 'Office',
    endedAt: null,
  })
  const early = await server.refusal('office', contract.getImportReport, { params: { id: made.id } })
  expect(early).toMatchObject({ code: 'teaching.import-not-ended', status: 409 })
})

test('the same file asked for twice while it waits is one order; afterwards it changes nothing', async () => {
  const first = await order()
  expect((await order()).id).toBe(first.id)
  const [a, b] = await Promise.all([order({ dryRun: 'true' }), order({ dryRun: 'true' })])
  expect(a.id).toBe(b.id)
  expect(a.id).not.toBe(first.id)
  await work(first.id)
  expect(await codes()).toEqual(['CS-101', 'CS-102'])
  const again = await order()
  expect(again.id).not.toBe(first.id)
  await work(again.id)
  const report = await server.ask('office', contract.getImportReport, { params: { id: again.id } })
  expect(report.counts).toMatchObject({ created: 0, changed: 0, unchanged: 2 })
})

test('the file is forgotten when the work has ended, however it ends', async () => {
  const done = await order()
  expect((await stored(done.id)).content?.toString()).toBe(file)
  await work(done.id)
  expect(await stored(done.id)).toMatchObject({ state: 'done', content: null })
  const wrong = await order({ dryRun: 'false' }, 'something,else\n1,2\n')
  await work(wrong.id)
  expect(await stored(wrong.id)).toMatchObject({ state: 'failed', content: null })
  const problem = await server.refusal('office', contract.getImportReport, { params: { id: wrong.id } })
  expect(problem).toMatchObject({ code: 'import-columns-missing', status: 422 })
  expect(problem.detail).toContain('code')
})

test('cancelled while it waits, it is not begun; cancelled while it is worked on, it writes nothing', async () => {
  const waiting = await order()
  const cancel = async (id: number) => await server.ask('office', contract.cancelImport, { params: { id } })
  expect(await cancel(waiting.id)).toMatchObject({ state: 'cancelled' })
  await work(waiting.id)
  expect(await codes()).toEqual([])
  const refused = await server.refusal('office', contract.cancelImport, { params: { id: waiting.id } })
  expect(refused).toMatchObject({ code: 'teaching.import-ended', status: 409 })

  const running = await order()
  await server.own
    .updateTable('import_order')
    .set({ state: 'running' })
    .where('id', '=', running.id)
    .execute()
  expect(await cancel(running.id)).toMatchObject({ state: 'running', stops: true })
  await work(running.id)
  expect(await read(running.id)).toMatchObject({ state: 'cancelled', fraction: 1, stops: false })
  expect(await codes()).toEqual([])
  const report = await server.refusal('office', contract.getImportReport, { params: { id: running.id } })
  expect(report).toMatchObject({ code: 'teaching.import-cancelled', status: 409 })
})

test('a process that stops in the middle leaves the work to another, which brings it to its end', async () => {
  const made = await order()
  const stopping = new AbortController()
  stopping.abort()
  await expect(work(made.id, stopping.signal)).rejects.toThrow('cancelled')
  expect(await read(made.id)).toMatchObject({ state: 'running', stage: 'reading' })
  expect(await codes()).toEqual([])
  await work(made.id)
  expect(await read(made.id)).toMatchObject({ state: 'done' })
  expect(await codes()).toEqual(['CS-101', 'CS-102'])
})

test('whoever dies after everything was written and before it was noted is followed by one who finds nothing to do', async () => {
  const made = await order()
  const content = Buffer.from(file)
  await work(made.id)
  await server.own
    .updateTable('import_order')
    .set({ state: 'running', content, report: null, ended_at: null })
    .where('id', '=', made.id)
    .execute()
  await work(made.id)
  const report = await server.ask('office', contract.getImportReport, { params: { id: made.id } })
  expect(report).toMatchObject({ counts: { unchanged: 2, created: 0 } })
  expect(await codes()).toEqual(['CS-101', 'CS-102'])
})

test('what brings a process down again and again is given up with a reason', async () => {
  const made = await order()
  await server.own.updateTable('import_order').set({ attempts: 3 }).where('id', '=', made.id).execute()
  await work(made.id)
  expect(await read(made.id)).toMatchObject({ state: 'failed' })
  const problem = await server.refusal('office', contract.getImportReport, { params: { id: made.id } })
  expect(problem).toMatchObject({ code: 'teaching.import-crashed', status: 500 })
  expect(await codes()).toEqual([])
})

test('imports are listed newest first, to the office alone, and forgotten after a year', async () => {
  const first = await order()
  const second = await order({ dryRun: 'true' })
  const { items } = await server.ask('office', contract.listImports, { query: {} })
  expect(items.map(({ id }) => id)).toEqual([second.id, first.id])
  const by = { params: { id: first.id } }
  for (const account of ['aigul', 'head', 'dean', 'management', 'nobody'] as const) {
    expect((await server.refusal(account, contract.listImports, { query: {} })).status).toBe(403)
    for (const route of [contract.getImport, contract.getImportReport, contract.cancelImport])
      expect((await server.refusal(account, route, by)).status, account).toBe(403)
  }
  const none = { params: { id: 9999 } }
  for (const route of [contract.getImport, contract.getImportReport, contract.cancelImport])
    expect(await server.refusal('office', route, none)).toMatchObject({
      code: 'teaching.import-not-found',
      status: 404,
    })
  await work(first.id)
  await sql`update plugin_teaching.import_order set ended_at = now() - interval '3 years' where id = ${first.id}`.execute(
    server.own,
  )
  await deleteOldOrders(server.teaching)
  expect((await server.ask('office', contract.listImports, { query: {} })).items.map(({ id }) => id)).toEqual(
    [second.id],
  )
})

test('a worker takes orders from the queue', async () => {
  await startPluginJobs(server.context.jobs, server.context.host)
  const made = await order()
  await expect.poll(async () => (await read(made.id)).state, { timeout: 20_000 }).toBe('done')
  expect(await codes()).toEqual(['CS-101', 'CS-102'])
})
