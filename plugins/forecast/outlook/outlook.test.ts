import type {
  ClausePoints,
  OfficialRun,
  PluginContext,
  RatedTeacher,
  RunAccess,
  Scope,
} from '@ustaz/core/plugin'
import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import type { TestApp, TestUniversity } from '@ustaz/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import plugin from '../index.ts'
import { cardSchema } from '../contract.ts'
import { readDrivers } from '../drivers/read-drivers.ts'
import { normals, seeded } from '../network/random.ts'
import type { ForecastTables, SubjectKind } from '../tables.ts'
import { exportSubjects } from './export-subjects.ts'
import { findOutlook, listSubjects, newestOutlooks, outlookOfTeacher, readCard } from './read-outlook.ts'
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
        const areas = { K1: one.toFixed(2), K2: two.toFixed(2) }
        const sum = (Number(areas.K1) + Number(areas.K2)).toFixed(2)
        const total = id === teachers.marat ? null : sum
        return {
          teacherId: id,
          unitId,
          facultyId,
          league: 'all',
          total,
          areas,
        }
      }),
  ])
  return new Map([...found, [9, found[3]![1]]])
}

/** One clause for K1, and two of K2 of which the second gives a quarter. */
function clausesOf(rows: readonly RatedTeacher[]): ClausePoints[] {
  const title = (text: string) => ({ kk: text, ru: text, en: text })
  const shares = [['teach', 'K1', 1], ['paper', 'K2', 0.75], ['grant', 'K2', 0.25]] as const // prettier-ignore
  return [university.units.computing, university.units.history].flatMap((unitId) => {
    const rated = rows.filter((row) => row.unitId === unitId && row.total !== null)
    return shares.map(([clause, area, share]) => ({
      unitId,
      facultyId: rated[0]!.facultyId,
      area,
      clause,
      title: title(clause),
      points: String(rated.reduce((sum, row) => sum + share * Number(row.areas[area]), 0)),
    }))
  })
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
    readClauses: async (id) => await Promise.resolve(clausesOf(results.get(id)!)),
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
    expect(backtest!.origins).toBe(2)
    expect(backtest!.ours).toBeGreaterThan(0)
    expect(teachers.measures[0]!.unitBacktests!.department!.forecasts).toBeGreaterThan(0)
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

describe('what moves a forecast', () => {
  const driversOf = async (kind: SubjectKind, subjectId: number, scope = everything) => {
    const outlook = (await newestOutlooks(context, scope)).find(({ regulation }) => regulation === 'teachers')
    return await readDrivers(context, outlook!, { kind, subjectId }, scope)
  }

  test('are areas that add up to the change of the total, and clauses that add up to their area', async () => {
    const { units, teachers } = university
    const [whole] = (await list(everything, { kind: 'department' })).items.filter(
      ({ subjectId }) => subjectId === units.computing,
    )
    const found = await driversOf('department', units.computing)
    expect(found.parts.map(({ area, clauses }) => [area, clauses.map(({ clause }) => clause)])).toEqual([
      ['K1', ['teach']],
      ['K2', ['paper', 'grant']],
    ])
    for (const step of [0, 1, 2]) {
      const sum = found.parts.reduce((total, { change }) => total + change[step]!, 0)
      expect(sum).toBeCloseTo(whole!.mean[step]! - whole!.past[3]!, 9)
      for (const { change, clauses } of found.parts)
        expect(clauses.reduce((total, one) => total + one.change[step]!, 0)).toBeCloseTo(change[step]!, 9)
    }
    const [teaching, research] = found.parts
    expect(teaching!.last + research!.last).toBeCloseTo(found.last!, 6)
    expect(research!.clauses[0]!.last).toBeCloseTo(3 * research!.clauses[1]!.last, 6)
    expect((await driversOf('university', 0)).parts[0]!.clauses).toHaveLength(1)
    const one = await driversOf('teacher', teachers.aigul)
    expect(one).toMatchObject({ teacherId: teachers.aigul, parts: [{ clauses: [] }, { clauses: [] }] })
  })

  test('are not told of whom the asker may not see', async () => {
    const { units, teachers } = university
    const own = { all: false, unitIds: [], teacherId: teachers.aigul }
    expect((await driversOf('teacher', teachers.aigul, own)).parts).toHaveLength(2)
    for (const [kind, id] of [
      ['teacher', teachers.elsewhere],
      ['department', units.computing],
      ['university', 0],
    ] as const)
      // prettier-ignore
      await expect(driversOf(kind, id, own)).rejects.toMatchObject({ code: 'forecast.subject-not-found' })
  })
})

describe('what can be taken along', () => {
  const outlookOfTeachers = async (scope = everything) =>
    (await newestOutlooks(context, scope)).find(({ regulation }) => regulation === 'teachers')!
  const order = { measure: 'total', kind: 'teacher', order: 'level', language: 'en' } as const

  test('is a table of everybody the asker may see, whose names a spreadsheet does not run', async () => {
    const { teachers, units } = university
    const family_name = '=HYPERLINK("http://example.org")'
    await server.database.db.updateTable('teacher').set({ family_name }).where('id', '=', teachers.aigul).execute() // prettier-ignore
    const csv = await exportSubjects(
      context,
      await outlookOfTeachers(),
      { ...order, format: 'csv' },
      everything,
    )
    const lines = (csv.content as string).trim().split('\r\n')
    expect(csv.name).toBe('outlook-teachers-total-teacher.csv')
    expect(lines).toHaveLength(1 + 39)
    expect(lines[0]).toContain('2021-09-01 – 2022-08-31')
    expect(lines[0]!.split(',').filter((title) => title.includes('80 % from'))).toHaveLength(3)
    expect(lines.find((line) => line.includes('HYPERLINK'))).toMatch(/^"'=/)
    const head = { all: false, unitIds: [units.computing], teacherId: teachers.head }
    const own = await exportSubjects(
      context,
      await outlookOfTeachers(head),
      { ...order, format: 'csv' },
      head,
    )
    expect((own.content as string).trim().split('\r\n')).toHaveLength(1 + (await list(head)).total)
    const xlsx = await exportSubjects(context, await outlookOfTeachers(), { ...order, kind: 'department', format: 'xlsx' }, everything) // prettier-ignore
    expect((xlsx.content as Buffer).subarray(0, 2).toString()).toBe('PK')
  })

  test('is a card that says from what, by what and how well', async () => {
    const { id } = await outlookOfTeachers()
    const card = (await readCard(context, id))!
    expect(cardSchema.parse(card)).toEqual(card)
    expect(card.data).toMatchObject({ teachers: 40, departments: 2, faculties: 2 })
    expect(card.data.periods.map(({ runId, hash }) => [runId, hash.length])).toEqual([1, 2, 3, 4].map((run) => [run, 64])) // prettier-ignore
    expect(card.measures.map(({ id: measure, people, byNetwork }) => [measure, people, byNetwork])).toEqual([
      ['total', 39, 0],
      ['K1', 39, 0],
      ['K2', 39, 0],
    ])
    expect(card.measures[0]!.reach.from).toBeGreaterThan(100)
    expect(card.software.tensorflow).toMatch(/^\d+\.\d+/)
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
