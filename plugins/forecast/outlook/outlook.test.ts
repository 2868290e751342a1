import type { OfficialRun, PluginContext, RatedTeacher, RunAccess, Scope } from '@ustaz/core/plugin'
import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import type { TestApp, TestUniversity } from '@ustaz/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import plugin from '../index.ts'
import { normals, seeded } from '../network/random.ts'
import type { ForecastTables } from '../tables.ts'
import { findOutlook, listSubjects, newestOutlooks, outlookOfTeacher } from './read-outlook.ts'
import { workOut } from './work-out.ts'

const years = [2021, 2022, 2023, 2024]
const everything: Scope = { all: true, unitIds: [], teacherId: null }
let server: TestApp
let university: TestUniversity
let context: PluginContext<ForecastTables>
let results: Map<number, RatedTeacher[]>

/** Four years of 40 people in two departments; the first run has no head, the last is of another regulation. */
function rate(): Map<number, RatedTeacher[]> {
  const { units, teachers } = university
  const normal = normals(seeded(5))
  const people = [
    { id: teachers.aigul, unitId: units.computing, facultyId: units.engineering },
    { id: teachers.marat, unitId: units.computing, facultyId: units.engineering },
    { id: teachers.head, unitId: units.computing, facultyId: units.engineering },
    { id: teachers.elsewhere, unitId: units.history, facultyId: units.humanities },
    ...Array.from({ length: 36 }, (_, index) => ({
      id: 9000 + index,
      unitId: index % 2 ? units.computing : units.history,
      facultyId: index % 2 ? units.engineering : units.humanities,
    })),
  ].map((person) => ({ ...person, own: 40 * normal() }))
  const found = years.map((_, year): [number, RatedTeacher[]] => [
    year + 1,
    people
      .filter(({ id }) => year > 0 || id !== teachers.head)
      .map(({ id, unitId, facultyId, own }) => {
        const [one, two] = [100 + own + 8 * normal() + 4 * year, 30 + 5 * normal()]
        const total = id === teachers.marat ? null : (one + two).toFixed(2)
        return {
          teacherId: id,
          unitId,
          facultyId,
          league: 'all',
          total,
          areas: { K1: one.toFixed(2), K2: two.toFixed(2) },
        }
      }),
  ])
  return new Map([...found, [9, found[3]![1]]])
}

/** Runs as core lends them, of the years that were rated; run 1 is published, the others are seen by who sees all. */
function lend(): RunAccess {
  const title = (text: string) => ({ kk: text, ru: text, en: text })
  const run = (id: number, code: string, year: number): OfficialRun => ({
    id,
    regulation: { code, version: '1' },
    periodFrom: `${year}-09-01`,
    periodTo: `${year + 1}-08-31`,
    hash: 'a'.repeat(64),
    areas: [
      { id: 'K1', title: title('Teaching') },
      { id: 'K2', title: title('Research') },
    ],
  })
  const all = [...years.map((year, index) => run(index + 1, 'teachers', year)), run(9, 'heads', 2024)]
  return {
    listOfficial: async () => await Promise.resolve(all),
    readResults: async (id) => await Promise.resolve(results.get(id)!),
    maySee: async (ids, scope) => await Promise.resolve(ids.filter((id) => scope.all || id === 4)),
  }
}

beforeAll(async () => {
  server = await createTestApp({ plugins: [plugin] })
  university = await createTestUniversity(server.database.db)
  results = rate()
  const own = server.context.host.contextOf('forecast') as unknown as PluginContext<ForecastTables>
  context = { ...own, runs: lend() }
  for (const run of [4, 9]) await workOut(context, run, new AbortController().signal)
}, 60_000)
afterAll(async () => {
  await server.close()
})

const list = async (scope: Scope, more: Partial<Parameters<typeof listSubjects>[2]> = {}) => {
  const outlook = (await newestOutlooks(context, scope)).find(({ regulation }) => regulation === 'teachers')
  const filter = {
    measure: 'total',
    kind: 'teacher',
    order: 'level',
    page: 1,
    pageSize: 50,
    ...more,
  } as const
  return await listSubjects(context, outlook!.id, filter, scope)
}

describe('an outlook', () => {
  test('knows its periods, measures and how well it would have done', async () => {
    const outlooks = await newestOutlooks(context, everything)
    const teachers = outlooks.find(({ regulation }) => regulation === 'teachers')!
    expect(teachers).toMatchObject({ runId: 4, horizon: 3, seed: 1, madeAt: '2026-06-30T09:00:00.000Z' })
    expect(teachers.periods.map(({ from }) => from)).toEqual(years.map((year) => `${year}-09-01`))
    expect(teachers.measures.map(({ id }) => id)).toEqual(['total', 'K1', 'K2'])
    const { backtest } = teachers.measures[0]!
    expect(backtest!.origins).toBe(3)
    expect(backtest!.ours).toBeGreaterThan(0)
    const heads = outlooks.find(({ regulation }) => regulation === 'heads')!
    expect(heads.measures[0]!.backtest).toBeNull()
  })

  test('says nothing of somebody who never had a total, and says how long others are known', async () => {
    const { items, total } = await list(everything)
    expect(total).toBe(39)
    expect(items.some(({ subjectId }) => subjectId === university.teachers.marat)).toBe(false)
    const head = items.find(({ subjectId }) => subjectId === university.teachers.head)!
    expect(head).toMatchObject({ periods: 3, basis: 'peers', name: 'Ким Виктор' })
    expect(head.past[0]).toBeNull()
    expect(head.lower95[0]!).toBeLessThan(head.lower80[0]!)
    expect(head.upper80[2]! - head.lower80[2]!).toBeGreaterThan(head.upper80[0]! - head.lower80[0]!)
  })

  test('lists who rises most and who falls most', async () => {
    const changes = async (order: 'rise' | 'fall') =>
      (await list(everything, { order })).items.map(({ change }) => change!)
    const rise = await changes('rise')
    expect(rise).toEqual(rise.toSorted((a, b) => b - a))
    expect((await changes('fall'))[0]).toBe(rise.at(-1))
  })

  test('has units and the university, with the means of their past', async () => {
    const { items } = await list(everything, { kind: 'department' })
    expect(items.map(({ subjectId }) => subjectId).sort()).toEqual(
      [university.units.computing, university.units.history].sort(),
    )
    const [whole] = (await list(everything, { kind: 'university' })).items
    const known = results.get(4)!.flatMap(({ total }) => (total === null ? [] : [Number(total)]))
    expect(whole!.past[3]).toBeCloseTo(known.reduce((sum, one) => sum + one, 0) / known.length, 9)
  })

  test('is replaced whole when it is worked out again, with the same numbers', async () => {
    const before = await list(everything)
    await workOut(context, 4, new AbortController().signal)
    expect(await list(everything)).toEqual(before)
  })

  test('of a run that a newer one replaced is not made, and a stop is heard', async () => {
    await workOut(context, 77, new AbortController().signal)
    expect(
      await context.db.selectFrom('outlook').select('run_id').where('run_id', '=', 77).execute(),
    ).toEqual([])
    await expect(workOut(context, 4, AbortSignal.abort())).rejects.toThrow('aborted')
    expect((await list(everything)).total).toBe(39)
  })
})

describe('who sees what', () => {
  test('teachers themselves, heads their unit, and neither the outlook of a run that is not theirs to see', async () => {
    const { teachers, units } = university
    const own = { all: false, unitIds: [], teacherId: teachers.aigul }
    expect((await list(own)).items.map(({ subjectId }) => subjectId)).toEqual([teachers.aigul])
    expect((await list(own, { kind: 'department' })).total).toBe(0)
    expect((await list(own, { kind: 'university' })).total).toBe(0)
    const head = { all: false, unitIds: [units.computing], teacherId: teachers.head }
    expect((await list(head)).items.every(({ unitId }) => unitId === units.computing)).toBe(true)
    expect((await list(head, { kind: 'department' })).items.map(({ subjectId }) => subjectId)).toEqual([
      units.computing,
    ])
    expect((await newestOutlooks(context, own)).map(({ runId }) => runId)).toEqual([4])
    const hidden = (await newestOutlooks(context, everything)).find(({ runId }) => runId === 9)!
    await expect(findOutlook(context, hidden.id, own)).rejects.toMatchObject({
      code: 'forecast.outlook-not-found',
    })
    expect(await outlookOfTeacher(context, teachers.elsewhere, own)).toEqual([])
    expect(
      (await outlookOfTeacher(context, teachers.aigul, own)).map(({ measure }) => measure).sort(),
    ).toEqual(['K1', 'K2', 'total'])
  })
})
