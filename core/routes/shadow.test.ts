import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportReport, ShadowRow, ShadowSummary } from '../contract/index.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { publishExample } from '../publication/example-publication.ts'
import { writeRun } from '../rating/results/comparison/example-runs.ts'
import { exampleDocument } from '../regulation/example-document.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

type Account = keyof TestUniversity['accounts']
let server: TestApp
let university: TestUniversity
let run: number
let other: number
let mine: number

beforeAll(async () => {
  server = await createTestApp()
  const { db } = server.database
  university = await createTestUniversity(db)
  mine = university.teachers.aigul
  const { computing } = university.units
  // Aigul and people of her department, places 1 to 6 in league L; two more alone in league M; one without a place.
  const people = [mine, 101, 102, 103, 104, 105].map((id, index) => ({
    id,
    unitId: computing,
    place: index + 1,
    lines: [{ clause: '1.1', area: 'A1', amount: String(100 - index) }],
  }))
  const more = [106, 107].map((id, index) => ({ id, unitId: computing, league: 'M', place: index + 1 }))
  const document = {
    ...exampleDocument(),
    leagues: ['L', 'M'].map((id) => ({ ...exampleDocument().leagues[0]!, id })),
  }
  other = await writeRun(db, document, people)
  run = await writeRun(db, document, [...people, ...more, { id: 108, unitId: computing, status: 'blocked' }])
  for (const id of [run, other]) await publishExample(db, id)
}, 60_000)
afterAll(async () => {
  await server.close()
})

const headersOf = (as: Account, language = 'en') => ({
  'x-ustaz-account': String(university.accounts[as]),
  'accept-language': language,
})
async function ask(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  as: Account = 'office',
  payload?: object,
) {
  return await server.app.inject({
    method,
    url: `/api${path}`,
    headers: headersOf(as),
    ...(payload ? { payload } : {}),
  })
}
async function send(
  lines: readonly string[],
  options: { dryRun?: boolean; as?: Account; language?: string } = {},
) {
  const { dryRun = false, as = 'office', language } = options
  const form = new FormData()
  form.append('dryRun', String(dryRun))
  form.append('file', new Blob([lines.join('\r\n')]), 'old.csv')
  const encoded = new Response(form)
  return await server.app.inject({
    method: 'POST',
    url: `/api/runs/${run}/shadow`,
    headers: { ...headersOf(as, language), 'content-type': encoded.headers.get('content-type')! },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
}

describe('an old rating', () => {
  it('is checked line by line in the language of whoever brings it, and not written with a single fault', async () => {
    const response = await send(
      ['Табельный номер;Место;Баллы', 'T101;0;', 'T102;2;12,50', 'T102;3;', 'T103;;', 'T104;4;много'],
      { language: 'ru' },
    )
    const report = response.json<ImportReport>()
    expect(response.statusCode, response.body).toBe(200)
    expect(report).toMatchObject({ written: false, counts: { lines: 5, refused: 5 } })
    const messages = report.lines.flatMap(({ line, issues }) =>
      issues.map(({ message }) => `${line} ${message}`),
    )
    expect(messages).toEqual([
      '2 Место: «0» — не место: нужно целое число от 1.',
      expect.stringMatching(/^3 .*T102/),
      expect.stringMatching(/^4 .*T102/),
      '5 нужно место или итог.',
      '6 Итог: «много» — не число баллов, например 431,5.',
    ])
    expect((await ask('GET', `/runs/${run}/shadow`)).json()).toEqual({ shadow: null })
  })

  it('is only looked at first, and then kept; whoever the run does not hold is pointed out', async () => {
    const lines = [
      'code,place,total',
      `T${mine},2,`,
      'T101,1,',
      'T102,3,',
      'T103,4,',
      'T104,6,',
      'T106,1,',
      'T107,2,',
      'GONE-1,5,77.5',
      'T108,7,',
    ]
    expect((await send(lines, { dryRun: true })).json()).toMatchObject({
      written: false,
      counts: { created: 9 },
    })
    expect((await ask('GET', `/runs/${run}/shadow`)).json()).toEqual({ shadow: null })
    const report = (await send(lines)).json<ImportReport>()
    expect(report).toMatchObject({ written: true, counts: { created: 9, refused: 0 } })
    expect(report.lines.filter(({ warnings }) => warnings.length > 0).map(({ key }) => key)).toEqual([
      'GONE-1',
    ])
    expect((await send(lines)).json()).toMatchObject({ counts: { unchanged: 9 } })
    const corrected = (await send(['code,place', 'T104,5'])).json<ImportReport>()
    expect(corrected.lines[0]).toMatchObject({
      outcome: 'changed',
      changes: [{ field: 'place', from: '6', to: '5' }],
    })
  })

  it('comes with a template in the language asked for', async () => {
    const response = await server.app.inject({
      url: '/api/shadow/template?format=csv',
      headers: headersOf('office', 'kk'),
    })
    expect(response.body).toContain('Табель нөмірі;Орын;Қорытынды;Лига')
  })
})

describe('the comparison', () => {
  it('holds the two orders against each other, league by league', async () => {
    const summary = (await ask('GET', `/runs/${run}/shadow`)).json<{ shadow: ShadowSummary }>().shadow
    // In L: old 2 1 3 4 5 beside new 1 2 3 4 5 (T105 is new only): one pair of ten turned round.
    expect(summary).toMatchObject({ state: 'review', compared: 7, onlyOld: 2, onlyNew: 1 })
    expect(summary.leagues[0]).toMatchObject({
      league: 'L',
      count: 5,
      spearman: 0.9,
      kendall: 0.8,
      rose: 1,
      fell: 1,
      kept: 3,
      medianMove: 0,
    })
    expect(summary.leagues[1]).toMatchObject({ league: 'M', count: 2, spearman: 1, kendall: 1 })
  })

  it('lists movers, and those in only one of the ratings, page by page and as a table', async () => {
    const of = async (query: string) =>
      (await ask('GET', `/runs/${run}/shadow/teachers?${query}`)).json<{
        items: ShadowRow[]
        total: number
      }>()
    const both = await of('part=both&pageSize=2')
    expect([both.total, ...both.items.map(({ move }) => Math.abs(move ?? 0))]).toEqual([7, 1, 1])
    expect((await of('part=both&league=M')).items.map(({ code }) => code)).toEqual(['T106', 'T107'])
    expect((await of('part=old')).items).toMatchObject([
      { code: 'T108', status: 'blocked', place: null, oldPlace: 7 },
      { code: 'GONE-1', teacherId: null, name: null, oldTotal: '77.5' },
    ])
    expect((await of('part=new')).items.map(({ code }) => code)).toEqual(['T105'])
    const file = await ask('GET', `/runs/${run}/shadow/teachers/export?format=csv&part=both`)
    expect(file.body.trim().split('\r\n')).toHaveLength(8)
  })
})

const resultPaths = () => [
  `/runs/${run}/ranking`,
  `/runs/${run}/ranking/export`,
  `/runs/${run}/teachers/${mine}`,
  `/runs/${run}/units`,
  `/runs/${run}/compare/${other}`,
  `/runs/${other}/compare/${run}/teachers`,
  `/runs/${other}/compare/${run}/teachers/${mine}`,
  `/runs/${run}/certainty`,
  `/runs/${run}/certainty/bands`,
  `/runs/${run}/certainty/teachers`,
]
const historyOf = async (as: Account) =>
  (await ask('GET', `/teachers/${mine}/results`, as))
    .json<{ items: { runId: number }[] }>()
    .items.map(({ runId }) => runId)
const listFor = async (as: Account) =>
  (await ask('GET', '/runs', as)).json<{ items: { id: number }[] }>().items.map(({ id }) => id)

describe('who sees what', () => {
  it('withholds places of the run from everybody but those who read all results', async () => {
    for (const as of ['aigul', 'head', 'dean'] as const) {
      for (const path of resultPaths()) {
        const response = await ask('GET', path, as)
        expect([response.statusCode, response.json<{ code: string }>().code], `${as} ${path}`).toEqual([
          403,
          'run-withheld',
        ])
      }
      expect(await listFor(as)).toEqual([other])
    }
    expect(await historyOf('aigul')).toEqual([other])
    expect(await historyOf('office')).toEqual([run])
    expect(await listFor('management')).toEqual([run, other])
    expect((await ask('GET', `/runs/${run}/ranking`, 'management')).statusCode).toBe(200)
  })

  it('lets the office keep it, office and management see it, management publish it, and nobody else', async () => {
    const lines = ['code,place', 'T101,1']
    for (const as of ['aigul', 'head', 'dean', 'management', 'nobody'] as const) {
      expect((await send(lines, { as })).statusCode, as).toBe(403)
      expect((await ask('DELETE', `/runs/${run}/shadow`, as)).statusCode, as).toBe(403)
    }
    for (const as of ['aigul', 'head', 'dean', 'nobody'] as const) {
      for (const path of ['', '/teachers', '/teachers/export']) {
        expect((await ask('GET', `/runs/${run}/shadow${path}`, as)).statusCode, as).toBe(403)
      }
    }
    for (const as of ['aigul', 'office', 'dean'] as const) {
      expect((await ask('POST', `/runs/${run}/shadow/moves`, as, { action: 'publish' })).statusCode, as).toBe(
        403,
      )
    }
    expect((await ask('GET', `/runs/${run}/shadow/published`, 'aigul')).json()).toEqual({ shadow: null })
    expect((await ask('GET', '/runs/9999/shadow/published', 'aigul')).statusCode).toBe(404)
    expect((await ask('GET', '/shadow/published', 'aigul')).json()).toMatchObject({ total: 0 })
  })

  it('publishes the comparison alone: figures of leagues large enough, no person, no place', async () => {
    const moved = await ask('POST', `/runs/${run}/shadow/moves`, 'management', { action: 'publish' })
    expect(moved.json()).toMatchObject({ shadow: { state: 'published' } })
    const response = await ask('GET', `/runs/${run}/shadow/published`, 'aigul')
    // League M has two people; with it L is hidden, or M could be had by subtraction from the number compared.
    expect(response.json()).toMatchObject({ shadow: { state: 'published', compared: 7, leagues: [] } })
    expect(response.body).not.toMatch(/T10|Name/)
    const listed = (await ask('GET', '/shadow/published', 'aigul')).json<{ items: { runId: number }[] }>()
    expect(listed.items.map(({ runId }) => runId)).toEqual([run])
    expect((await ask('GET', `/runs/${run}/ranking`, 'aigul')).statusCode).toBe(403)
    expect((await send(['code,place', 'T101,9'])).statusCode).toBe(409)
    expect((await ask('DELETE', `/runs/${run}/shadow`)).statusCode).toBe(409)
    expect(
      (await ask('POST', `/runs/${run}/shadow/moves`, 'management', { action: 'publish' })).statusCode,
    ).toBe(409)
  })

  it('ends with a run that is read like any other, and a comparison that is kept', async () => {
    expect((await ask('POST', `/runs/${run}/shadow/moves`, 'management', { action: 'end' })).statusCode).toBe(
      200,
    )
    expect((await ask('GET', `/runs/${run}/teachers/${mine}`, 'aigul')).statusCode).toBe(200)
    expect(await historyOf('aigul')).toEqual([run])
    expect((await ask('GET', `/runs/${run}/shadow`)).json()).toMatchObject({
      shadow: { state: 'ended', compared: 7 },
    })
  })
})
