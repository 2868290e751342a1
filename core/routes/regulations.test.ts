import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Problem } from '../contract/problem.ts'
import type { RegulationDetail } from '../contract/resources/regulations.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { exampleInput } from '../regulation/example-document.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

let server: TestApp
let university: TestUniversity
let shipped: string
beforeAll(async () => {
  server = await createTestApp({ found: await loadListedPlugins() })
  university = await createTestUniversity(server.database.db)
  shipped = await readFile(new URL('../../regulations/kazutb-teacher.yaml', import.meta.url), 'utf8')
})
afterAll(async () => {
  await server.close()
})

type Account = keyof TestUniversity['accounts']
const headersOf = (account: Account, language: string) => ({
  'x-ustaz-account': String(university.accounts[account]),
  'accept-language': language,
})
async function get(url: string, language = 'en') {
  const headers = headersOf('office', language)
  return await server.app.inject({ method: 'GET', url: `/api/regulations${url}`, headers })
}
async function send(method: 'POST' | 'PUT', url: string, payload: object, account: Account = 'office') {
  return await server.app.inject({
    method,
    url: `/api/regulations${url}`,
    headers: headersOf(account, 'en'),
    payload,
  })
}
const detailOf = async (id: number) => (await get(`/${id}`)).json<RegulationDetail>()
async function move(
  id: number,
  action: 'approve' | 'retire',
  account: Account = 'management',
  more: object = {},
) {
  const { revision } = await detailOf(id)
  return await send('POST', `/${id}/moves`, { action, revision, ...more }, account)
}
async function importText(
  content: string | null,
  { account = 'office', language = 'en' }: Partial<Record<string, string>> = {},
) {
  const form = new FormData()
  if (content !== null) form.append('file', new Blob([content]), 'regulation.yaml')
  const request = new Request('http://localhost', { method: 'POST', body: form })
  return await server.app.inject({
    method: 'POST',
    url: '/api/regulations',
    headers: {
      ...headersOf(account as Account, language),
      'content-type': request.headers.get('content-type')!,
    },
    payload: Buffer.from(await request.arrayBuffer()),
  })
}
const imported = async (content: string) => (await importText(content)).json<{ id: number }>().id

test('the shipped table is imported, has no errors, is approved with its warnings and then stands in the list', async () => {
  const id = await imported(shipped)
  expect((await get(`/${id}`)).json()).toMatchObject({
    state: 'draft',
    issues: expect.not.arrayContaining([expect.objectContaining({ severity: 'error' })]) as unknown,
    document: { code: 'kazutb-teacher' },
  })
  expect((await move(id, 'approve')).json()).toMatchObject({ code: 'regulation-warnings-open' })
  const { issues } = await detailOf(id)
  const accepted = issues.map(({ path, code }) => ({ path, code, reason: 'a defect of the table' }))
  expect((await move(id, 'approve', 'management', { accepted })).json()).toMatchObject({
    state: 'approved',
    approvedAt: '2026-06-30T09:00:00.000Z',
  })
  expect((await get('?state=approved')).json()).toMatchObject({
    total: 1,
    items: [{ id, version: '2025-1' }],
  })
  expect((await move(id, 'retire')).json()).toHaveProperty('state', 'retired')
})

test('what is exported as YAML or JSON and imported again is the same version', async () => {
  const id = await imported(shipped)
  for (const format of ['yaml', 'json']) {
    const file = await get(`/${id}/document?format=${format}`)
    expect(file.headers['content-type']).toBe(`application/${format}; charset=utf-8`)
    expect(file.headers['content-disposition']).toContain(`kazutb-teacher-2025-1.${format}`)
    expect((await importText(file.body)).json()).toHaveProperty('id', id)
  }
})

test('what stands in the way of approval is said in the language of the asker, clause by clause', async () => {
  const weighting = { id: 'shares.percent', params: { shares: { A1: '90' } } }
  const id = await imported(JSON.stringify(exampleInput({ code: 'unapprovable', weighting })))
  const messagesOf = (issues: Problem['issues']) => issues.map(({ message }) => message)
  const { issues } = (await get(`/${id}`, 'ru')).json<RegulationDetail>()
  expect(messagesOf(issues.filter(({ severity }) => severity === 'error'))).toEqual([
    '1.1: ни один из включённых плагинов не даёт показатель «test.book».',
    'Сумма долей равна 90 %, а должна быть 100 %.',
  ])
  const refusal = await move(id, 'approve')
  expect(refusal.statusCode).toBe(422)
  expect(refusal.json()).toMatchObject({ code: 'regulation-has-issues', params: { count: 2 } })
  expect(messagesOf(refusal.json<Problem>().issues)).toEqual([
    '1.1: no enabled plugin supplies the indicator "test.book".',
    'The shares total 90 % and must total 100 %.',
  ])
})

test('a document of the wrong form is refused with lines, in the language of the asker', async () => {
  const answer = await importText('code: ok\nversion: 1\nbogus: 2\n', { language: 'kk' })
  expect(answer.statusCode).toBe(422)
  const { title, issues } = answer.json<Problem>()
  expect(title).toBe('Ережеде қателер бар')
  const unknown = issues.find(({ code }) => code === 'unknown-fields')
  expect(unknown?.message).toMatch(/^3-жол: .*bogus/)
  expect((await importText('a: [')).json()).toMatchObject({ code: 'regulation-unreadable' })
  expect((await importText(null)).json()).toMatchObject({ code: 'regulation-file-missing', status: 422 })
})

test('only the academic office imports; it or the management approves', async () => {
  expect((await importText(shipped, { account: 'dean' })).statusCode).toBe(403)
  const id = await imported(JSON.stringify(exampleInput({ code: 'rights' })))
  expect((await move(id, 'approve', 'aigul')).statusCode).toBe(403)
  expect((await move(id, 'approve', 'management')).statusCode).toBe(422)
  expect((await move(id, 'approve', 'office')).json()).toMatchObject({
    code: 'regulation-own-draft',
    status: 403,
  })
})

test('a draft with faults is saved, and its faults stand at their fields', async () => {
  const id = await imported(JSON.stringify(exampleInput({ code: 'edited' })))
  const { document, revision } = await detailOf(id)
  const areas = [{ ...document.areas[0], id: 'B' }]
  const saved = await send('PUT', `/${id}`, { document: { ...document, areas }, revision })
  expect(saved.json()).toMatchObject({ revision: 2, document: { areas: [{ id: 'B' }] } })
  expect(saved.json<RegulationDetail>().issues).toContainEqual(
    expect.objectContaining({ path: '/criteria/0/area', code: 'regulation.area-unknown', severity: 'error' }),
  )
  const history = [
    { action: 'import', account: 'Office' },
    { action: 'edit', revision: 2 },
  ]
  expect((await detailOf(id)).history).toMatchObject(history)
  expect((await send('PUT', `/${id}`, { document, revision })).json()).toMatchObject({
    code: 'regulation-revision',
    status: 409,
  })
  const unformed = await send('PUT', `/${id}`, { document: { ...document, areas: [] }, revision: 2 })
  expect(unformed.json()).toMatchObject({ code: 'input-invalid', issues: [{ path: '/document/areas' }] })
})

test('only the academic office edits, begins, copies and checks', async () => {
  const id = await imported(JSON.stringify(exampleInput({ code: 'guarded' })))
  const { document, revision } = await detailOf(id)
  const blank = { code: 'b', version: '1', title: document.title, source: 'order' }
  for (const account of ['aigul', 'head', 'dean', 'management'] as const) {
    expect((await send('PUT', `/${id}`, { document, revision }, account)).statusCode).toBe(403)
    expect((await send('POST', '/drafts', blank, account)).statusCode).toBe(403)
    expect((await send('POST', `/${id}/drafts`, { version: '2' }, account)).statusCode).toBe(403)
    expect((await send('POST', '/check', { document }, account)).statusCode).toBe(403)
  }
})

test('a regulation from scratch has no errors, and a copy of it has another label', async () => {
  const title = { kk: 'Ереже', ru: 'Положение', en: 'Regulation' }
  const blank = { code: 'scratch', version: '1', title, source: 'order 7' }
  const { id } = (await send('POST', '/drafts', blank)).json<{ id: number }>()
  expect(await detailOf(id)).toMatchObject({
    state: 'draft',
    issues: expect.not.arrayContaining([expect.objectContaining({ severity: 'error' })]) as unknown,
    document: { title, source: 'order 7' },
  })
  expect((await send('POST', '/drafts', blank)).json()).toMatchObject({ code: 'regulation-version-exists' })
  const copy = await send('POST', `/${id}/drafts`, { version: '2' })
  expect(copy.json()).toMatchObject({ code: 'scratch', version: '2', state: 'draft' })
})

test('a text is read with lines and comments, a document is written into it', async () => {
  const text = shipped.replace('area: K1', 'area: K9')
  const read = (await send('POST', '/check', { text })).json<{
    document: object
    text: string
    issues: Problem['issues']
  }>()
  expect(read.text).toBe(text)
  expect(read.issues[0]).toMatchObject({ path: '/criteria/0/area', severity: 'error' })
  const line = shipped.slice(0, shipped.indexOf('area: K1')).split('\n').length
  expect(read.issues[0]?.message).toMatch(new RegExp(`^Line ${line}: `))
  const document = { ...read.document, source: 'order 9' }
  const written = (await send('POST', '/check', { document, text })).json<{ text: string }>()
  expect(written.text).toContain("source: 'order 9'")
  expect(written.text).toContain('# What the table leaves open is decided beside the clause')
  expect((await send('POST', '/check', { text: 'code: [' })).json()).toMatchObject({
    document: null,
    text: null,
    issues: [{ code: 'regulation.not-yaml' }],
  })
  const unformed = (await send('POST', '/check', { document: { code: 1 } })).json<{
    issues: Problem['issues']
  }>()
  expect(unformed).toHaveProperty('document', null)
  expect(unformed.issues.map(({ path }) => path)).toContain('/code')
})

test('the JSON Schema of the document is published, with decimals as text or number', async () => {
  const schema = (await get('/schema')).json<{ properties: Record<string, unknown> }>()
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
  expect(schema.properties).toHaveProperty('norms.items.properties.byPosition.additionalProperties.type', [
    'string',
    'number',
  ])
})

test('a version that is not there is a 404', async () => {
  expect((await get('/999999')).json()).toMatchObject({ code: 'regulation-not-found', status: 404 })
})
