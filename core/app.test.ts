import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { AppContext } from './app-context.ts'
import { problemSchema, UstazError } from './contract/problem.ts'
import { defineRoute } from './contract/route.ts'
import { createTestUniversity } from './evidence/test-university.ts'
import { FileAnswer, handleRoute } from './plugin/route.ts'
import type { RouteHandler } from './plugin/route.ts'
import { coreRoutes } from './routes/index.ts'
import { maxFileBytes } from './routes/read-form.ts'
import { createTestApp } from './testing/create-test-app.ts'
import type { TestApp } from './testing/create-test-app.ts'

const base = { tag: 'try', action: 'access.self' }
const routes: RouteHandler<AppContext>[] = [
  handleRoute(
    defineRoute({
      ...base,
      method: 'POST',
      path: '/try/body',
      summary: 'Takes a body',
      query: z.object({ page: z.coerce.number().int().min(1).default(1) }),
      body: z.strictObject({ title: z.string().min(2), day: z.iso.date() }),
      response: z.object({ title: z.string(), page: z.number() }),
    }),
    async ({ body, query }) => ({ ...body, ...query, secret: 'inside' }),
  ),
  handleRoute(
    defineRoute({
      ...base,
      method: 'POST',
      path: '/try/form',
      summary: 'Takes a form',
      multipart: true,
      body: z.object({ dryRun: z.stringbool().default(true) }),
      response: z.object({ dryRun: z.boolean(), name: z.string().nullable(), bytes: z.number() }),
    }),
    async ({ body, file }) => ({ ...body, name: file?.name ?? null, bytes: file?.content.length ?? 0 }),
  ),
  handleRoute(
    defineRoute({
      ...base,
      method: 'GET',
      path: '/try/file',
      summary: 'Gives a file',
      produces: ['text/csv'],
    }),
    async () => new FileAnswer({ name: 'Рейтинг 2026.csv', mediaType: 'text/csv', content: 'a;b' }),
  ),
  handleRoute(defineRoute({ ...base, method: 'GET', path: '/try/fault', summary: 'Fails' }), () => {
    throw new Error('password=secret')
  }),
  handleRoute(defineRoute({ ...base, method: 'GET', path: '/try/known', summary: 'Fails knowingly' }), () => {
    throw new UstazError('run-not-done', { status: 409, params: { state: 'queued' } })
  }),
  handleRoute(
    defineRoute({
      ...base,
      method: 'GET',
      path: '/try/wrong-answer',
      summary: 'Answers something else than it says',
      response: z.object({ count: z.int() }),
    }),
    async () => ({ count: 'many' }) as unknown as { count: number },
  ),
]

let server: TestApp
let office: string
beforeAll(async () => {
  server = await createTestApp({ routes: [...coreRoutes, ...routes] })
  office = String((await createTestUniversity(server.database.db)).accounts.office)
})
afterAll(async () => {
  await server.close()
})
/** Asks in the name of the office. */
const ask = async (request: string | InjectOptions) => {
  const { headers, ...rest } = typeof request === 'string' ? { url: request } : request
  return await server.app.inject({ ...rest, headers: { 'x-ustaz-account': office, ...headers } })
}
const problemOf = (response: { json(): unknown }) => problemSchema.parse(response.json())

test('an answer holds what its schema says and nothing else', async () => {
  const response = await ask({
    method: 'POST',
    url: '/api/try/body?page=2&unknown=1',
    payload: { title: 'Талдау', day: '2026-03-31' },
  })
  expect(response.statusCode).toBe(200)
  expect(response.json()).toEqual({ title: 'Талдау', page: 2 })
})

test.each([
  [
    'kk',
    [
      'Толтыру керек.',
      'ЖЖЖЖ-АА-КК түріндегі күн болуы керек, мысалы 2026-03-31.',
      'Белгісіз өрістер: extra.',
    ],
  ],
  [
    'ru',
    [
      'Нужно заполнить.',
      'Должна быть дата вида ГГГГ-ММ-ДД, например 2026-03-31.',
      'Неизвестные поля: extra.',
    ],
  ],
  [
    'en',
    [
      'Must be filled in.',
      'Must be a date of the form YYYY-MM-DD, such as 2026-03-31.',
      'Unknown fields: extra.',
    ],
  ],
])('a refused body names each fault in %s with its place', async (language, messages) => {
  const response = await ask({
    method: 'POST',
    url: '/api/try/body',
    headers: { 'accept-language': `${language};q=0.9, de` },
    payload: { day: '31.03.2026', extra: true },
  })
  expect(response.statusCode).toBe(400)
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  const problem = problemOf(response)
  expect(problem).toMatchObject({ code: 'input-invalid', status: 400, instance: '/api/try/body' })
  expect(problem.issues.map(({ path }) => path)).toEqual(['/title', '/day', ''])
  expect(problem.issues.map(({ message }) => message)).toEqual(messages)
})

test('a parameter of the query that is wrong is refused by its name', async () => {
  const response = await ask({
    method: 'POST',
    url: '/api/try/body?page=0',
    payload: { title: 'ab', day: '2026-03-31' },
  })
  expect(problemOf(response).issues).toMatchObject([
    { path: '/page', code: 'small.number', params: { minimum: 1 } },
  ])
})

test.each([
  ['{"title": ', 'application/json', 400, 'body-unreadable'],
  ['', 'application/json', 400, 'body-unreadable'],
  ['a: b', 'application/yaml', 415, 'media-type-unsupported'],
  [JSON.stringify({ title: 'x'.repeat(3_000_000) }), 'application/json', 413, 'body-too-large'],
])('a body that cannot be taken gets its own problem', async (payload, type, status, code) => {
  const response = await ask({
    method: 'POST',
    url: '/api/try/body',
    headers: { 'content-type': type },
    payload,
  })
  expect([response.statusCode, problemOf(response).code]).toEqual([status, code])
})

test('a form gives its fields and its one file', async () => {
  const form = new FormData()
  form.append('dryRun', 'false')
  form.append('file', new Blob(['код;аты\n']), 'тізім.csv')
  const response = await ask({ method: 'POST', url: '/api/try/form', payload: form })
  expect(response.json()).toEqual({ dryRun: false, name: 'тізім.csv', bytes: 14 })
})

test('a form without a file is told by null, JSON in its place and a second file are refused', async () => {
  const empty = new FormData()
  empty.append('dryRun', 'yes')
  const twice = new FormData()
  twice.append('file', new Blob(['1']), '1')
  twice.append('file', new Blob(['2']), '2')
  const post = async (payload: FormData | object) =>
    await ask({ method: 'POST', url: '/api/try/form', payload })
  expect((await post(empty)).json()).toEqual({ dryRun: true, name: null, bytes: 0 })
  expect(problemOf(await post({ dryRun: true })).code).toBe('form-expected')
  expect(problemOf(await post(twice)).code).toBe('form-unreadable')
})

test('a file over the limit is refused', async () => {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(maxFileBytes + 1)]), 'large.pdf')
  const response = await ask({ method: 'POST', url: '/api/try/form', payload: form })
  expect([response.statusCode, problemOf(response).code]).toEqual([413, 'file-too-large'])
})

test('a file is downloaded under its own name', async () => {
  const response = await ask('/api/try/file')
  expect(response.body).toBe('a;b')
  expect(response.headers['content-type']).toBe('text/csv')
  expect(response.headers['content-disposition']).toBe(
    `attachment; filename="_2026.csv"; filename*=UTF-8''${encodeURIComponent('Рейтинг 2026.csv')}`,
  )
  expect(response.headers['x-content-type-options']).toBe('nosniff')
})

test('what nobody foresaw is logged and shows nothing of the inside', async () => {
  const response = await ask('/api/try/fault')
  expect([response.statusCode, problemOf(response).code]).toEqual([500, 'internal'])
  expect(response.body).not.toContain('secret')
  expect(server.logged.at(-1)).toContain('GET /api/try/fault: Error: password=secret')
})

test('an answer that is not what the route says is a fault of the server', async () => {
  const response = await ask('/api/try/wrong-answer')
  expect(problemOf(response)).toMatchObject({ status: 500, code: 'internal' })
})

test('a known problem fills its text with its values', async () => {
  const response = await ask({ url: '/api/try/known', headers: { 'accept-language': 'en' } })
  expect(problemOf(response)).toMatchObject({
    type: 'urn:ustaz:problem:run-not-done',
    title: 'Run not finished',
    status: 409,
    detail: 'The run has no results yet (state: queued).',
    params: { state: 'queued' },
    issues: [],
  })
})

test('an address that is not there is a problem, below /api and without a built web', async () => {
  const responses = await Promise.all(['/api/nothing', '/nothing'].map((url) => ask(url)))
  expect(responses.map((response) => problemOf(response).code)).toEqual([
    'route-not-found',
    'route-not-found',
  ])
})

test('a JSON answer that the asker has already is answered by 304 without a body', async () => {
  const first = await ask('/api/actor')
  const etag = String(first.headers['etag'])
  expect(etag).toMatch(/^W\/"[\w-]{32}"$/)
  const again = await ask({
    url: '/api/actor',
    headers: { 'if-none-match': `"other", ${etag}` },
  })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const post = await ask({
    method: 'POST',
    url: '/api/try/body',
    headers: { 'if-none-match': '*' },
    payload: { title: 'ab', day: '2026-03-31' },
  })
  expect([post.statusCode, post.headers['etag']]).toEqual([200, undefined])
})

test('only the names of this machine are answered, and not for pages of other sites', async () => {
  const outcome = async (headers: Record<string, string>) => {
    const response = await ask({ url: '/api/actor', headers })
    return response.statusCode === 200 ? 'served' : problemOf(response).code
  }
  expect(await outcome({ host: '[::1]:4870' })).toBe('served')
  expect(await outcome({ host: 'evil.example:4870' })).toBe('foreign-host')
  expect(await outcome({ host: 'localhost.evil.example' })).toBe('foreign-host')
  expect(await outcome({ origin: 'https://evil.example' })).toBe('foreign-origin')
  expect(await outcome({ origin: 'null' })).toBe('foreign-origin')
  expect(await outcome({ origin: 'http://localhost:5173' })).toBe('served')
})

test('under its public address it is served too, and then only for pages of that address', async () => {
  const published = await createTestApp({ settings: { publicUrl: 'https://ustaz.example' } })
  const account = (await createTestUniversity(published.database.db)).accounts.office
  const outcome = async (headers: Record<string, string>) => {
    const response = await published.app.inject({
      url: '/api/session',
      headers: { 'x-ustaz-account': String(account), ...headers },
    })
    return response.statusCode === 200 ? 'served' : problemOf(response).code
  }
  const host = 'ustaz.example'
  expect(await outcome({ host })).toBe('served')
  expect(await outcome({ host, origin: 'https://ustaz.example' })).toBe('served')
  expect(await outcome({ host, origin: 'http://ustaz.example' })).toBe('foreign-origin')
  expect(await outcome({ host, origin: 'http://localhost:5173' })).toBe('foreign-origin')
  expect(await outcome({ host: 'ustaz.example:8080' })).toBe('foreign-host')
  await published.close()
})

test('who asks too often is told to wait', async () => {
  const small = await createTestApp({ requestsPerMinute: 2 })
  const codes = []
  for (let i = 0; i < 3; i++) codes.push((await small.app.inject('/api/health')).statusCode)
  const refused = await small.app.inject({ url: '/api/health', headers: { 'accept-language': 'ru' } })
  await small.close()
  expect(codes).toEqual([200, 200, 429])
  expect(problemOf(refused).detail).toMatch(
    /^За короткое время пришло слишком много запросов\. Повторите через \d+ с\.$/,
  )
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
})

test('health tells that database and jobs answer', async () => {
  const response = await ask('/api/health')
  expect(response.json()).toEqual({ state: 'up', parts: { database: 'up', jobs: 'up' } })
})

test('the API is described by OpenAPI 3.1 with forms, files and problems, and can be browsed', async () => {
  const document = (await ask('/api/openapi.json')).json<{
    openapi: string
    paths: Record<
      string,
      Record<string, { operationId: string; requestBody?: unknown; responses: Record<string, unknown> }>
    >
    components: { schemas: Record<string, { required: string[] }> }
  }>()
  expect(document.openapi).toBe('3.1.0')
  expect(document.paths['/api/catalogue']?.['get']?.operationId).toBe('getCatalogue')
  expect(document.paths['/api/try/form']?.['post']?.requestBody).toMatchObject({
    content: {
      'multipart/form-data': {
        schema: { properties: { dryRun: {}, file: { type: 'string', format: 'binary' } } },
      },
    },
  })
  expect(document.paths['/api/try/file']?.['get']?.responses['200']).toMatchObject({
    content: { 'text/csv': {} },
  })
  expect(document.paths['/api/try/body']?.['post']?.responses['default']).toMatchObject({
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  expect(document.components.schemas['Problem']?.required).toContain('issues')
  const page = await ask('/api/docs/')
  expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.body).not.toMatch(/<script>[^<]/)
})
