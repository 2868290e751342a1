import type { PluginContext, Scope } from '@ustaz/core/plugin'
import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import type { TestApp, TestUniversity } from '@ustaz/core/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import plugin from '../index.ts'
import type { ForecastTables } from '../tables.ts'
import { readYear, yearsUntil } from './read-year.ts'

const everything: Scope = { all: true, unitIds: [], teacherId: null }
let server: TestApp
let university: TestUniversity
let context: PluginContext<ForecastTables>

/** So many entries of a teacher, dated in November of a year and entered in so many days after that. */
async function enter(teacher: number, counts: Record<number, number>, daysLater: number): Promise<void> {
  for (const [year, count] of Object.entries(counts)) {
    await sql`with e as (
        insert into core.evidence (indicator, data, title, happened_on, state, created_by, created_at)
        select 'tiny.thing', '{}', 'Thing', (${year} || '-11-10')::date, 'approved', ${university.accounts.office},
          (${year} || '-11-10T08:00Z')::timestamptz + n * interval '1 day' * ${daysLater}
        from generate_series(1, ${count}::int) n returning id)
      insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name) select id, 1, ${teacher}, 'A' from e`.execute(
      server.database.db,
    )
  }
}

beforeAll(async () => {
  server = await createTestApp({ plugins: [plugin], now: '2026-03-01T09:00:00Z' })
  university = await createTestUniversity(server.database.db)
  const own = server.context.host.contextOf('forecast') as unknown as PluginContext<ForecastTables>
  const official = [{ periodFrom: '2024-09-01' }] as Awaited<ReturnType<typeof own.runs.listOfficial>>
  context = { ...own, runs: { ...own.runs, listOfficial: async () => await Promise.resolve(official) } }
  const { aigul, marat, elsewhere } = university.teachers
  await enter(aigul, { 2023: 20, 2024: 40, 2025: 8 }, 10)
  await enter(marat, { 2024: 4, 2025: 3 }, 1)
  await enter(elsewhere, { 2022: 3, 2023: 4, 2024: 5 }, 2000)
}, 60_000)
afterAll(async () => {
  await server.close()
})

test('years begin where rated years do', () => {
  const years = yearsUntil('2026-03-01', '09-01')
  expect(years).toHaveLength(6)
  expect(years.at(-1)).toEqual({ from: '2025-09-01', to: '2026-08-31' })
  expect(yearsUntil('2026-09-01', '09-01').at(-1)!.from).toBe('2026-09-01')
})

describe('a year so far', () => {
  const ask = async (kind: 'teacher' | 'department' | 'university', subjectId: number, scope = everything) =>
    await readYear(context, { kind, subjectId }, scope)

  test('stands against the same day of earlier years by what was entered by then', async () => {
    const found = await ask('teacher', university.teachers.aigul)
    // 1 March is day 181; entry n was made on day 70 + 10 n: eleven of each year by then.
    expect(found).toMatchObject({ day: 181, basis: 'entered', on: '2026-03-01', refusal: null })
    expect(found.years.map(({ from, standing, final }) => [from, standing, final])).toEqual([
      ['2023-09-01', 11, 20],
      ['2024-09-01', 11, 40],
      ['2025-09-01', 8, null],
    ])
    expect(found.years.at(-1)!.weeks).toHaveLength(26)
    expect(found.projection!.mean).toBeCloseTo((8 * 60) / 22, 9)
    expect(found.projection!.lower95).toBeGreaterThanOrEqual(8)
    expect(found.peaks!.reduce((sum, one) => sum + one, 0)).toBeLessThan(1)
    expect(found.peaks!.slice(0, 11).every((one) => one === 0)).toBe(true)
  })

  test('is refused with fewer than two earlier years', async () => {
    expect(await ask('teacher', university.teachers.marat)).toMatchObject({
      projection: null,
      refusal: 'few-years',
    })
  })

  test('goes by dates where entries were brought in years later, and names no peaks then', async () => {
    const found = await ask('teacher', university.teachers.elsewhere)
    expect(found).toMatchObject({ basis: 'dated', peaks: null, refusal: 'too-early' })
    expect(found.years.map(({ standing }) => standing)).toEqual([3, 4, 5, 0])
  })

  test('can be asked of a day that is past: what came after it is told beside it', async () => {
    const past = { kind: 'department', subjectId: university.units.computing, on: '2025-03-01' } as const
    const found = await readYear(context, past, everything)
    expect(found.years.at(-1)).toMatchObject({ from: '2024-09-01', standing: 15, final: 44 })
  })

  test('says what has no date and is not counted', async () => {
    await sql`with e as (
        insert into core.evidence (indicator, data, title, created_by, created_at)
        values ('tiny.thing', '{}', 'Thing', ${university.accounts.office}, '2026-02-01') returning id)
      insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name)
      select id, 1, ${university.teachers.marat}, 'A' from e`.execute(server.database.db)
    const { undated, years } = await ask('teacher', university.teachers.marat)
    expect(undated).toEqual([{ indicator: 'tiny.thing', count: 1 }])
    expect(years.at(-1)!.standing).toBe(3)
  })

  test('is shown to whom the results are', async () => {
    const { teachers, units } = university
    const own = { all: false, unitIds: [], teacherId: teachers.aigul }
    expect((await ask('teacher', teachers.aigul, own)).teacherId).toBe(teachers.aigul)
    const head = { all: false, unitIds: [units.computing], teacherId: teachers.head }
    expect((await ask('teacher', teachers.marat, head)).years).not.toEqual([])
    expect((await ask('department', units.computing, head)).years).not.toEqual([])
    const refused = { code: 'forecast.subject-not-found' }
    await expect(ask('teacher', teachers.marat, own)).rejects.toMatchObject(refused)
    await expect(ask('department', units.history, head)).rejects.toMatchObject(refused)
    await expect(ask('university', 0, head)).rejects.toMatchObject(refused)
    await expect(ask('teacher', 999_999)).rejects.toMatchObject(refused)
  })

  test('is answered by the API to whoever may read results, and to nobody else', async () => {
    const { accounts, teachers } = university
    const get = async (account: number, query: string) =>
      await server.app.inject({
        url: `/api/plugins/forecast/year?${query}`,
        headers: { 'x-ustaz-account': String(account) },
      })
    const query = `kind=teacher&subjectId=${teachers.aigul}`
    expect((await get(accounts.aigul, query)).statusCode).toBe(200)
    expect((await get(accounts.head, query)).statusCode).toBe(200)
    expect((await get(accounts.office, 'kind=university')).statusCode).toBe(200)
    expect((await get(accounts.marat, query)).statusCode).toBe(404)
    expect((await get(accounts.nobody, query)).statusCode).toBe(403)
    expect((await get(accounts.office, 'kind=university&on=soon')).statusCode).toBe(400)
  })
})
