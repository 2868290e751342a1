import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { openJobs } from '../jobs/open-jobs.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

let server: TestApp
let university: TestUniversity
beforeAll(async () => {
  server = await createTestApp()
  university = await createTestUniversity(server.database.db)
})
afterAll(async () => {
  await server.close()
})

async function lastEntries(table: string) {
  return await server.database.db
    .selectFrom('audit_entry')
    .select(['actor', 'request', 'action'])
    .where('table_name', '=', table)
    .orderBy('id', 'desc')
    .execute()
}

test('what a request changes is recorded in the name of the account, all of it under the id of the request', async () => {
  const columns = 'code,kind,parent,name_kk,name_ru,name_en'
  const body = [
    '--x',
    'content-disposition: form-data; name="dryRun"',
    '',
    'false',
    '--x',
    'content-disposition: form-data; name="file"; filename="units.csv"',
    'content-type: text/csv',
    '',
    `${columns}\nNEW,faculty,${await topCode()},Ж,Н,New\nSUB,department,NEW,Б,П,Sub`,
    '--x--',
    '',
  ].join('\r\n')
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/people/imports/units',
    headers: {
      'x-ustaz-account': String(university.accounts.office),
      'content-type': 'multipart/form-data; boundary=x',
    },
    payload: body,
  })
  expect(response.json()).toMatchObject({ written: true })
  const [last, one] = await lastEntries('core.unit')
  expect(last).toMatchObject({ actor: `account:${university.accounts.office}`, action: 'insert' })
  expect(last?.request).toMatch(/^[0-9a-f-]{36}$/)
  expect(one?.request).toBe(last?.request)
})

async function topCode(): Promise<string> {
  const top = await server.database.db
    .selectFrom('unit')
    .select('code')
    .where('kind', '=', 'university')
    .executeTakeFirstOrThrow()
  return top.code
}

test('what a job changes is recorded under the name of its queue', async () => {
  const jobs = await openJobs(server.database.url, { error: () => undefined })
  try {
    await jobs.createQueue('renames')
    await jobs.work('renames', { pollingIntervalSeconds: 1 }, async () => {
      await server.database.db.updateTable('unit').set({ code: 'SUB2' }).where('code', '=', 'SUB').execute()
    })
    const id = await jobs.send('renames', {})
    await expect
      .poll(async () => (await lastEntries('core.unit'))[0]?.actor, { timeout: 15_000 })
      .toBe('job:renames')
    expect((await lastEntries('core.unit'))[0]?.request).toBe(id)
  } finally {
    await jobs.stop({ graceful: false })
  }
}, 30_000)
