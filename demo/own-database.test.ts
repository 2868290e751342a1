import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFileStore } from '../core/evidence/file-store.ts'
import { createTestDatabase } from '../core/testing/create-test-database.ts'
import type { TestDatabase } from '../core/testing/create-test-database.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const minutes = 5 * 60_000
let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'ustaz-demo-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

function demo(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: database.url, USTAZ_DATA_DIR: folder, LC_ALL: 'en_US.UTF-8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--once', ...args], {
    env,
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}
const countOf = async (table: 'unit' | 'teacher' | 'evidence') =>
  (
    await database.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

const ownUnit = {
  kind: 'university',
  code: 'own',
  parent_id: null,
  name: '{"kk": "Ө", "ru": "С", "en": "Own"}',
} as const

test(
  'a database with a university of its own is refused and left as it is',
  { timeout: minutes },
  async () => {
    await database.db.insertInto('unit').values(ownUnit).execute()
    for (const args of [['--teachers', '20'], ['--fresh']]) {
      const { status, output } = demo(...args)
      expect(status).toBe(1)
      expect(output).toContain('1 units')
    }
    expect([await countOf('unit'), await countOf('teacher')]).toEqual([1, 0])
    await database.db.deleteFrom('unit').execute()
  },
)

test('300 teachers rate as they would in life', { timeout: minutes }, async () => {
  const { status, output } = demo('--teachers', '300')
  expect(status, output).toBe(0)
  expect(await countOf('teacher')).toBe(300)

  const { rows: leagues } = await sql<{
    league: string
    ranked: number
    bands: number
    median: number
    best: number
  }>`
    select league, count(*)::int as ranked, count(distinct band)::int as bands,
      percentile_cont(0.5) within group (order by total::float8) as median, max(total)::float8 as best
    from core.run_teacher t join core.run r on r.id = t.run_id
    where status = 'ranked' and r.period_from = '2025-09-01' group by league order by league`.execute(
    database.db,
  )
  const leaders = leagues.filter(({ league }) => league === 'heads' || league === 'deans')
  expect(leaders.map(({ league, ranked }) => [league, ranked])).toEqual([
    ['deans', 4],
    ['heads', 20],
  ])
  const ofTeachers = leagues.filter((league) => !leaders.includes(league))
  expect(ofTeachers).toHaveLength(5)
  for (const { ranked, bands, median, best } of ofTeachers) {
    expect(ranked).toBeGreaterThan(10)
    expect(bands).toBeGreaterThanOrEqual(4)
    expect(median).toBeGreaterThan(-300)
    expect(median).toBeLessThan(500)
    expect(best).toBeGreaterThan(800)
  }

  const { rows: reasons } = await sql<{ code: string }>`
    select distinct reason ->> 'code' as code from core.run_teacher, jsonb_array_elements(reasons) as reason order by code`.execute(
    database.db,
  )
  expect(reasons.map(({ code }) => code)).toEqual([
    'area-empty',
    'eligibility-unknown',
    'position-unknown',
    'rate-too-low',
    'service-too-short',
    'value-too-low',
  ])
})

test('every clause of table 1 counts something, but the one that needs a list of percentiles; most of tables 2 and 3 do in their one year', async () => {
  const { rows } = await sql<{ clause: string }>`
    select g.code || ' ' || (criterion ->> 'id') as clause
    from core.regulation g join core.regulation_version v on v.regulation_id = g.id,
      jsonb_array_elements(v.document -> 'criteria') as criterion
    where not exists (
      select from core.run_line l join core.run r on r.id = l.run_id
      where r.regulation_version_id = v.id and l.clause = criterion ->> 'id' and l.amount > 0)
    order by clause`.execute(database.db)
  const ofTeachers = rows.filter(({ clause }) => clause.startsWith('kazutb-teacher'))
  expect(ofTeachers).toEqual([{ clause: 'kazutb-teacher 2.2.1-scopus' }])
  expect(rows.length).toBeLessThan(12)
})

test('journals stand in the quartiles of the list of their year', async () => {
  const { rows } = await sql<{ year: number; list: string }>`
    select distinct (f.attributes ->> 'year')::int as year, f.attributes ->> 'quartileList' as list
    from core.snapshot_fact f
    where f.indicator = 'publications.work' and f.attributes ->> 'quartile' is not null order by year`.execute(
    database.db,
  )
  expect(rows).toEqual([
    { year: 2021, list: 'sjr-2021' },
    { year: 2022, list: 'sjr-2021' },
    { year: 2023, list: 'sjr-2023' },
    { year: 2024, list: 'sjr-2023' },
    { year: 2025, list: 'sjr-2023' },
    { year: 2026, list: 'sjr-2023' },
  ])
})

test('whatever demands a file has one that is in the store, drafts left out', async () => {
  const { rows } = await sql<{ indicator: string; without: number; hashes: number; sha256: string | null }>`
    select e.indicator, count(*) filter (where f.id is null)::int as without,
      count(distinct f.sha256)::int as hashes, max(f.sha256) as sha256
    from core.evidence e left join core.evidence_file f on f.evidence_id = e.id
    where e.state <> 'draft' group by e.indicator order by e.indicator`.execute(database.db)
  const optional = ['methodical.individual-plan', 'publications.work']
  expect(rows.filter(({ hashes }) => hashes === 0).map(({ indicator }) => indicator)).toEqual(optional)
  const store = createFileStore(join(folder, 'demo', 'files'))
  for (const { indicator, without, sha256 } of rows.filter(({ hashes }) => hashes > 0)) {
    expect(without, indicator).toBe(0)
    expect(await store.has(sha256 ?? '')).toBe(true)
  }
})

test('the tables have all their indexes and foreign keys again', async () => {
  const shape = async (one: TestDatabase) => {
    const { rows } = await sql<{ what: string }>`
      select indexdef as what from pg_indexes where schemaname = 'core' and tablename like 'evidence%'
      union all
      select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where contype = 'f' and conrelid::regclass::text like 'evidence%' and convalidated order by what`.execute(
      one.db,
    )
    return rows.map(({ what }) => what)
  }
  const untouched = await createTestDatabase()
  expect(await shape(database)).toEqual(await shape(untouched))
  await untouched.drop()
})

test(
  'what somebody adds below the demonstration university is kept; a university beside it is refused',
  { timeout: minutes },
  async () => {
    const parent = await database.db
      .selectFrom('unit')
      .select('id')
      .where('parent_id', 'is', null)
      .executeTakeFirstOrThrow()
    const below = {
      kind: 'faculty',
      code: 'tried',
      parent_id: parent.id,
      name: '{"kk": "Т", "ru": "П", "en": "Tried"}',
    } as const
    await database.db.insertInto('unit').values(below).execute()
    expect(demo().status).toBe(0)
    await database.db.insertInto('unit').values(ownUnit).execute()
    expect(demo('--fresh').status).toBe(1)
    await database.db.deleteFrom('unit').where('code', '=', 'own').execute()
    expect(await countOf('teacher')).toBe(300)
  },
)
