import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Mover, MoverDetail } from '../contract/index.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { publishExample } from '../publication/example-publication.ts'
import { writeRun } from '../rating/results/comparison/example-runs.ts'
import { exampleDocument } from '../regulation/example-document.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

type Account = keyof TestUniversity['accounts']
interface Movers {
  items: Mover[]
  total: number
}

let server: TestApp
let university: TestUniversity
let address: string
let pair: { id: number; other: number }

beforeAll(async () => {
  server = await createTestApp()
  const { db } = server.database
  university = await createTestUniversity(db)
  const { teachers, units } = university
  const points = (amount: string, factNo?: number) => ({
    clause: '1.1',
    area: 'A1',
    amount,
    ...(factNo ? { factNo } : {}),
  })
  const document = exampleDocument()
  const other = await writeRun(db, document, [
    {
      id: teachers.aigul,
      unitId: units.computing,
      place: 1,
      facts: [{ evidenceId: 1 }],
      lines: [points('30', 1)],
    },
    { id: teachers.marat, unitId: units.computing, place: 2, lines: [points('20')] },
    { id: teachers.head, unitId: units.computing, place: 3, lines: [points('10')] },
    { id: teachers.elsewhere, unitId: units.history, place: 4, lines: [points('5')] },
  ])
  const id = await writeRun(db, { ...document, bands: [] }, [
    { id: teachers.aigul, unitId: units.computing, place: 3, lines: [] },
    { id: teachers.marat, unitId: units.computing, place: 1, lines: [points('20')] },
    { id: teachers.head, unitId: units.computing, status: 'blocked', lines: [points('10')] },
    { id: teachers.elsewhere, unitId: units.history, place: 2, lines: [points('5.5')] },
  ])
  pair = { id, other }
  for (const run of [id, other]) await publishExample(db, run)
  address = `/api/runs/${id}/compare/${other}`
}, 60_000)
afterAll(async () => {
  await server.close()
})

async function answer(path: string, as: Account = 'office', language = 'en') {
  return await server.app.inject({
    url: path.startsWith('/api') ? path : `${address}${path}`,
    headers: { 'x-ustaz-account': String(university.accounts[as]), 'accept-language': language },
  })
}
async function ask<T>(path: string, as?: Account, language?: string): Promise<T> {
  const response = await answer(path, as, language)
  expect(response.statusCode, response.body).toBe(200)
  return response.json<T>()
}
const codesOf = ({ items }: Movers) => items.map(({ teacherId }) => teacherId)

it('sums up how the runs differ', async () => {
  const summary = await ask<Record<string, unknown>>('')
  expect(summary).toMatchObject({
    before: { id: pair.other },
    after: { id: pair.id },
    sameSnapshot: false,
    teachers: 4,
    counts: { rose: 2, fell: 1, kept: 0, blocked: 1, joined: 0, gone: 0 },
    clauseChanges: [
      { part: 'bands', id: 'B1', change: 'removed' },
      { part: 'bands', id: 'B2', change: 'removed' },
    ],
    weightChanges: [],
  })
})

describe('the movers', () => {
  it('come with both results, largest moves first, and the clauses that moved them', async () => {
    const { items } = await ask<Movers>('/teachers')
    const { aigul, marat, head, elsewhere } = university.teachers
    expect(
      items.map(({ teacherId, move, placeChange, totalChange }) => [
        teacherId,
        move,
        placeChange,
        totalChange,
      ]),
    ).toEqual([
      [aigul, 'fell', 2, '-30'],
      [elsewhere, 'rose', -2, '0.5'],
      [marat, 'rose', -1, '0'],
      [head, 'blocked', null, null],
    ])
    expect(items[0]!.clauses).toMatchObject([{ clause: '1.1', change: '-30' }])
    expect(items[2]!.clauses).toEqual([])
    expect(items[3]).toMatchObject({
      before: { place: 3, total: '10.00' },
      after: { place: null, total: null },
    })
  })

  it('are found by move, unit, league and name, page by page', async () => {
    const { aigul, marat, elsewhere } = university.teachers
    expect(codesOf(await ask('/teachers?move=rose'))).toEqual([elsewhere, marat])
    expect(codesOf(await ask(`/teachers?unit=${university.units.humanities}`))).toEqual([elsewhere])
    expect((await ask<Movers>('/teachers?league=nothing')).total).toBe(0)
    expect((await ask<Movers>('/teachers?league=L')).total).toBe(4)
    expect(codesOf(await ask(`/teachers?search=T${marat}`))).toEqual([marat])
    expect(codesOf(await ask('/teachers?sort=total&pageSize=1'))).toEqual([aigul])
    expect(codesOf(await ask('/teachers?sort=total&pageSize=1&page=2'))).toEqual([elsewhere])
    expect((await answer('/teachers?move=sideways')).statusCode).toBe(400)
  })

  it('are explained line by line', async () => {
    const detail = await ask<MoverDetail>(`/teachers/${university.teachers.aigul}`)
    expect(detail).toMatchObject({
      totalBefore: '30',
      totalAfter: '0',
      linesChange: '-30',
      unchangedLines: 0,
    })
    expect(detail.lines).toMatchObject([
      { clause: '1.1', before: '30', after: null, change: '-30', causes: ['fact-gone'], factAfter: null },
    ])
    const unmoved = await ask<MoverDetail>(`/teachers/${university.teachers.marat}`)
    expect(unmoved).toMatchObject({
      lines: [],
      overtaking: { overtookYou: 0, youOvertook: 1, cameAbove: 0, leftAbove: 0 },
    })
  })

  it('can be taken along as a table in the language asked for', async () => {
    const response = await answer('/teachers/export?format=csv', 'office', 'ru')
    const lines = response.body
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toContain('Изменение места')
    expect(lines[1]).toMatch(/ниже,2,-30,1\.1: -30/)
    const workbook = await answer('/teachers/export?format=xlsx&move=blocked')
    expect(workbook.rawPayload.subarray(0, 2).toString()).toBe('PK')
  })
})

describe('who sees whose moves', () => {
  it('as in the ranking: the office all, a dean the faculty, a teacher the own', async () => {
    const { aigul } = university.teachers
    expect((await ask<Movers>('/teachers', 'management')).total).toBe(4)
    expect((await ask<Movers>('/teachers', 'dean')).total).toBe(3)
    expect((await ask<Movers>('/teachers', 'head')).total).toBe(3)
    expect(codesOf(await ask('/teachers', 'aigul'))).toEqual([aigul])
    expect(await ask('', 'aigul')).toMatchObject({ teachers: 1, counts: { fell: 1, rose: 0, blocked: 0 } })
    const file = await answer('/teachers/export?format=csv', 'aigul')
    expect(file.body.trim().split('\r\n')).toHaveLength(2)
  })

  it('and is told nothing about others, not even by their number', async () => {
    const { marat, elsewhere } = university.teachers
    expect((await answer(`/teachers/${marat}`, 'aigul')).statusCode).toBe(404)
    expect((await answer(`/teachers/${elsewhere}`, 'head')).statusCode).toBe(404)
    for (const path of ['', '/teachers', '/teachers/export', `/teachers/${marat}`]) {
      expect((await answer(path, 'nobody')).statusCode, path).toBe(403)
    }
  })
})

it('refuses runs that are not there or not done', async () => {
  expect((await answer(`/api/runs/${pair.id}/compare/9999`)).json()).toMatchObject({ code: 'run-not-found' })
  await server.database.pool
    .query(`insert into core.run (purpose, regulation_version_id, period_from, period_to, requested_by)
    select purpose, regulation_version_id, period_from, period_to, requested_by from core.run where id = ${pair.id}`)
  const queued = await server.database.pool.query<{ id: number }>('select max(id) as id from core.run')
  expect((await answer(`/api/runs/${queued.rows[0]!.id}/compare/${pair.id}`)).json()).toMatchObject({
    code: 'run-not-done',
  })
})
