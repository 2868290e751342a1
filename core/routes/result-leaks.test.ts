import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page, RankingRow, Run, UnitComparison } from '../contract/index.ts'
import { publishExample } from '../publication/example-publication.ts'
import { coreRoutes } from './index.ts'
import { createRatedUniversity } from './rated-university.example.ts'
import type { Account, RatedUniversity } from './rated-university.example.ts'

/** Aigul and Marat are teachers of one department, Anna of another faculty; each tries to learn what is of another. */
let there: RatedUniversity
let run: Run
let other: Run
let maratsEvidence: number
beforeAll(async () => {
  there = await createRatedUniversity()
  await there.enter('aigul', 'A course of Aigul')
  maratsEvidence = await there.enter('marat', 'A course of Marat')
  await there.enter('marat', 'Another course of Marat')
  await there.enter('elsewhere', 'A course of Anna')
  run = await there.rate()
  other = await there.rate()
}, 90_000)
afterAll(async () => {
  await there.server.close()
})

/** Every route that answers with results of a run, or could; what asks for a person asks for Marat. */
const routesOf = (id: number, against: number, teacher: number) => [
  `/runs/${id}`,
  `/runs/${id}/publication`,
  `/runs/${id}/leagues`,
  `/runs/${id}/table`,
  `/runs/${id}/ranking`,
  `/runs/${id}/ranking?search=marat&sort=total&direction=desc`,
  `/runs/${id}/ranking/export?format=csv`,
  `/runs/${id}/ranking/export?format=xlsx`,
  `/runs/${id}/teachers/${teacher}`,
  `/runs/${id}/units?kind=department`,
  `/runs/${id}/certainty`,
  `/runs/${id}/certainty/bands`,
  `/runs/${id}/certainty/teachers`,
  `/runs/${id}/compare/${against}`,
  `/runs/${against}/compare/${id}`,
  `/runs/${id}/compare/${against}/teachers`,
  `/runs/${id}/compare/${against}/teachers/export?format=csv`,
  `/runs/${id}/compare/${against}/teachers/${teacher}`,
]
/** Those that are for office and management whatever is published. */
const officeRoutes = (id: number, against: number) => [
  `/runs/${id}/fairness`,
  `/runs/${id}/verification`,
  `/runs/${id}/export`,
  `/runs/${id}/compare/${against}/groups`,
  `/runs/${id}/appeals/statistics`,
  `/runs/${id}/correction`,
  `/runs/${id}/shadow`,
  `/runs/${id}/shadow/teachers`,
  `/runs/${id}/shadow/teachers/export?format=csv`,
]
const others = ['aigul', 'elsewhere', 'head', 'dean', 'administrator', 'nobody'] as const
const marat = () => there.university.teachers.marat

it('knows every route that names a run: a new one must be looked at here', () => {
  const tried = [...routesOf(1, 2, 3), ...officeRoutes(1, 2)].map((path) =>
    path
      .split('?')[0]!
      .replace(/\/runs\/\d+/, '/runs/:id')
      .replace(/\/compare\/\d+/, '/compare/:other')
      .replace(/\/teachers\/\d+/, '/teachers/:teacherId'),
  )
  const known = coreRoutes
    .filter(({ route }) => route.method === 'GET' && route.path.startsWith('/runs/:id'))
    .map(({ route }) => route.path)
  // The published comparison with an old rating holds no run's results (shadow.test.ts).
  expect([...new Set(tried), '/runs/:id/shadow/published'].sort()).toEqual([...new Set(known)].sort())
})

describe.each(others)('%s, before the publication', (as: Account) => {
  it('gets nothing by any route', async () => {
    for (const path of [...routesOf(run.id, other.id, marat()), ...officeRoutes(run.id, other.id)]) {
      const response = await there.answer(path, { as })
      expect(response.statusCode, path).toBe(403)
      expect(response.body, path).not.toMatch(/Marat|Марат|5\.00/)
    }
    const history = await there.answer(`/teachers/${marat()}/results`, { as })
    if (history.statusCode === 200) expect(history.json()).toEqual({ items: [] })
    else expect(history.statusCode).toBe(403)
    const trends = await there.answer('/units/trends?kind=department', { as })
    if (trends.statusCode === 200) expect(trends.json()).toEqual({ items: [] })
    else expect(trends.statusCode).toBe(403)
  })
})

describe('after the publication', () => {
  beforeAll(async () => {
    for (const { id } of [run, other]) await publishExample(there.server.database.db, id)
  })

  it.each(['aigul', 'elsewhere'] as const)('%s reads nothing of Marat by any route', async (as) => {
    for (const path of routesOf(run.id, other.id, marat())) {
      const response = await there.answer(path, { as })
      expect(response.body, path).not.toMatch(/Marat|Марат|Ахметов|15\.00/)
    }
    for (const path of [
      `/runs/${run.id}/teachers/${marat()}`,
      `/runs/${run.id}/compare/${other.id}/teachers/${marat()}`,
      `/evidence/${maratsEvidence}`,
    ])
      expect((await there.answer(path, { as })).statusCode, path).toBe(404)
    expect(await there.ask(`/teachers/${marat()}/results`, { as })).toEqual({ items: [] })
    for (const path of officeRoutes(run.id, other.id))
      expect((await there.answer(path, { as })).statusCode, path).toBe(403)
  })

  it('no order, search, filter or page of the ranking tells a teacher who else there is', async () => {
    const ranking = async (query: string) =>
      await there.ask<Page<RankingRow>>(`/runs/${run.id}/ranking?${query}`, { as: 'aigul' })
    const aigul = there.university.teachers.aigul
    for (const query of [
      'sort=total&direction=asc',
      'sort=name&pageSize=1',
      'sort=A',
      `unit=${there.university.units.university}`,
      'league=all',
    ]) {
      const { items, total } = await ranking(query)
      expect([total, items.map(({ teacherId }) => teacherId)], query).toEqual([1, [aigul]])
    }
    for (const query of ['search=Akhmetov', 'search=%25', 'page=2', 'status=blocked'])
      expect((await ranking(query)).items, query).toEqual([])
    for (const format of ['csv', 'xlsx']) {
      const file = await there.answer(`/runs/${run.id}/ranking/export?format=${format}&search=Akhmetov`, {
        as: 'aigul',
      })
      if (format === 'csv') expect(file.body.trim().split('\r\n')).toHaveLength(1)
    }
  })

  it('a teacher has the own place, and of a league under five neither median nor spread', async () => {
    const own = await there.ask<{ result: RankingRow; leagueSize: number; leagueMedian: string | null }>(
      `/runs/${run.id}/teachers/${there.university.teachers.aigul}`,
      { as: 'aigul' },
    )
    // Marat 15, Aigul and Anna 5, the head -5.
    expect(own).toMatchObject({ result: { place: 2, total: '5.00' }, leagueSize: 4, leagueMedian: null })
    expect(await there.ask(`/runs/${run.id}/leagues`, { as: 'aigul' })).toMatchObject({
      items: [{ league: 'all', ranked: 4, median: null, ranges: [] }],
    })
  })

  it('units are shown to a teacher by the own result alone, without what they are ranked by', async () => {
    const units = async (as: Account, kind = 'department') =>
      (await there.ask<{ items: UnitComparison[] }>(`/runs/${run.id}/units?kind=${kind}`, { as })).items
    for (const item of await units('aigul'))
      expect(item).toMatchObject({ teachers: 1, sum: '5.00', ranked: null })
    const [computing] = await units('head')
    expect(computing).toMatchObject({ teachers: 3, sum: '15.00' })
    expect((await units('head')).map(({ code }) => code)).toEqual(['cs'])
    expect((await units('dean', 'faculty')).map(({ code }) => code)).toEqual(['eng'])
    const trends = await there.ask<{ items: { points: { scored: number }[] }[] }>(
      '/units/trends?kind=university',
      { as: 'aigul' },
    )
    expect(trends.items.flatMap(({ points }) => points.map(({ scored }) => scored))).toEqual([1])
  })

  it('a head and a dean see those of their units and nobody else', async () => {
    const anna = there.university.teachers.elsewhere
    for (const as of ['head', 'dean'] as const) {
      expect((await there.answer(`/runs/${run.id}/teachers/${marat()}`, { as })).statusCode).toBe(200)
      for (const path of routesOf(run.id, other.id, anna))
        expect((await there.answer(path, { as })).body, path).not.toMatch(/Anna|Анна|Семёнова/)
      for (const path of [
        `/runs/${run.id}/teachers/${anna}`,
        `/runs/${run.id}/compare/${other.id}/teachers/${anna}`,
      ])
        expect((await there.answer(path, { as })).statusCode, path).toBe(404)
      for (const path of officeRoutes(run.id, other.id))
        expect((await there.answer(path, { as })).statusCode, path).toBe(403)
    }
  })

  it('an administrator and an account without roles read no result', async () => {
    for (const as of ['administrator', 'nobody'] as const)
      for (const path of [`/runs/${run.id}/ranking`, `/runs/${run.id}/teachers/${marat()}`, '/units/trends'])
        expect((await there.answer(path, { as })).statusCode, path).toBe(403)
  })
})
