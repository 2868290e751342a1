import { afterAll, beforeAll, expect, test } from 'vitest'
import { importReportSchema, teacherDetailSchema } from '../contract/resources/people.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
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

const as = (account: keyof TestUniversity['accounts'], language = 'en') => ({
  'x-ustaz-account': String(university.accounts[account]),
  'accept-language': language,
})
const get = async (url: string, language?: string) =>
  await server.app.inject({ method: 'GET', url: `/api${url}`, headers: as('office', language) })

test('leave, which may tell of health, is read by the person, who leads, and the office; others see that it is not for them', async () => {
  const { db } = server.database
  const { aigul } = university.teachers
  const sick = { teacher_id: aigul, kind: 'sick', starts_on: '2025-02-03', ends_on: '2025-02-21' }
  await db.insertInto('leave').values(sick).execute()
  const leavesFor = async (account: keyof TestUniversity['accounts']) => {
    const answer = await server.app.inject({ url: `/api/teachers/${aigul}`, headers: as(account) })
    return teacherDetailSchema.parse(answer.json()).leaves
  }
  for (const account of ['aigul', 'head', 'dean', 'office'] as const)
    expect(await leavesFor(account), account).toHaveLength(1)
  for (const account of ['marat', 'elsewhere', 'management'] as const)
    expect(await leavesFor(account), account).toBeNull()
  await db.deleteFrom('leave').where('teacher_id', '=', aigul).execute()
})

async function importFile(kind: string, content: string | null, fields: Record<string, string> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  if (content !== null) form.append('file', new Blob([content]), 'table.csv')
  const request = new Request('http://localhost', { method: 'POST', body: form })
  return {
    method: 'POST' as const,
    url: `/api/people/imports/${kind}`,
    headers: { 'content-type': request.headers.get('content-type')! },
    payload: Buffer.from(await request.arrayBuffer()),
  }
}

async function postFile(account: keyof TestUniversity['accounts'], ...form: Parameters<typeof importFile>) {
  const request = await importFile(...form)
  return await server.app.inject({ ...request, headers: { ...request.headers, ...as(account, 'ru') } })
}

test('units, positions and teachers are listed', async () => {
  expect((await get('/units')).json()).toMatchObject({ total: 5, pageSize: 500 })
  expect((await get('/positions')).json()).toHaveProperty('positions.0.code', 'professor')
  const page: unknown = (
    await get(`/teachers?search=ким&unit=${university.units.engineering}&pageSize=1`)
  ).json()
  expect(page).toMatchObject({
    total: 1,
    items: [{ familyName: 'Ким', appointment: { unitId: university.units.computing, rate: '1' } }],
  })
})

test('a teacher is shown, an unknown one is a problem of 404 in the language of the asker', async () => {
  const answer = await get(`/teachers/${university.teachers.aigul}`)
  expect(teacherDetailSchema.parse(answer.json())).toMatchObject({ givenName: 'Айгүл', leaves: [] })
  const missing = await get('/teachers/999999', 'kk')
  expect(missing.statusCode).toBe(404)
  expect(missing.json()).toMatchObject({ code: 'teacher-not-found', title: 'Оқытушы табылмады' })
})

test('an import is a dry run until it is said to be none', async () => {
  const csv = 'code,family_name,given_name\nX1,Жаңа,Адам\n'
  const dry = await postFile('office', 'teachers', csv)
  expect(importReportSchema.parse(dry.json())).toMatchObject({ dryRun: true, written: false })
  expect((await get('/teachers?search=X1')).json()).toMatchObject({ total: 0 })
  const done = await postFile('office', 'teachers', csv, { dryRun: 'false' })
  expect(importReportSchema.parse(done.json())).toMatchObject({ written: true, counts: { created: 1 } })
  expect((await get('/teachers?search=X1')).json()).toMatchObject({
    total: 1,
    items: [{ appointment: null }],
  })
})

test('issues come in the language of the asker, with an answer of 200 and nothing written', async () => {
  const answer = await postFile('office', 'leaves', 'teacher,kind,starts_on\nнет,sick,завтра\n', {
    dryRun: 'false',
  })
  expect(answer.statusCode).toBe(200)
  const report = importReportSchema.parse(answer.json())
  expect(report.written).toBe(false)
  expect(report.lines[0]!.issues.map(({ message }) => message)).toEqual([
    'Начало: «завтра» не дата; пишите 2026-03-31 или 31.03.2026.',
    'Табельный номер: преподавателя с табельным номером «нет» нет.',
  ])
})

test('no file, a wrong file and a wrong header are problems with what to do', async () => {
  const problems = [
    await postFile('office', 'teachers', null),
    await postFile('office', 'teachers', '<html></html>'),
    await postFile('office', 'teachers', 'a;b\n1;2\n'),
  ]
  expect(problems.map((answer) => [answer.statusCode, answer.json<{ code: string }>().code])).toEqual([
    [400, 'import-file-missing'],
    [415, 'import-file-type'],
    [422, 'import-columns-missing'],
  ])
  expect(problems[2]!.json()).toHaveProperty(
    'detail',
    'Нет столбцов: Табельный номер, Фамилия, Имя. Заголовки в файле: a, b.',
  )
})

test('who may not import is refused', async () => {
  expect((await postFile('aigul', 'teachers', 'x')).statusCode).toBe(403)
  const template = { method: 'GET' as const, url: '/api/people/imports/units/template', headers: as('dean') }
  expect((await server.app.inject(template)).statusCode).toBe(403)
})

test('a template is a file with headings in the language of the asker', async () => {
  const csv = await get('/people/imports/units/template?format=csv', 'kk')
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(csv.headers['content-disposition']).toContain(
    `filename*=UTF-8''${encodeURIComponent('Бөлімшелер.csv')}`,
  )
  expect(csv.body.split('\r\n')[0]).toBe(
    '\uFEFFБөлімше коды;Түрі;Жоғары бөлімше коды;Атауы қазақша;Атауы орысша;Атауы ағылшынша',
  )
  const xlsx = await get('/people/imports/units/template')
  expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
})
