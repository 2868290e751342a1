/**
 * npm run bench:teaching -- [--teachers 10000] [--years 5]
 *
 * What teaching results cost: working all of them out anew (every import does), freezing the facts of one year, and the pages of that year.
 * Each teacher has three courses a year, a group of 22 students in each; students take six courses a year; 4 teachers share a course.
 */
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../core/database/connection.ts'
import { pluginDatabase } from '../core/plugins/host.ts'
import { listResults } from '../plugins/teaching/results/read-results.ts'
import { performance as indicator } from '../plugins/teaching/results/performance.ts'
import { rebuildResults } from '../plugins/teaching/results/rebuild-results.ts'
import type { TeachingTables } from '../plugins/teaching/tables.ts'
import { withBenchServer } from './bench-server.ts'

const { values } = parseArgs({
  options: { teachers: { type: 'string', default: '10000' }, years: { type: 'string', default: '5' } },
})
const [teachers, years] = [Number(values.teachers), Number(values.years)]
const owner = { owner: 'teaching', folder: new URL('../plugins/teaching/migrations/', import.meta.url) }
await withBenchServer(async (server) => {
  console.log(JSON.stringify(await server.inDatabase('teaching', [owner], measure)))
})

async function measure(database: Database) {
  const db = pluginDatabase(database.db, 'teaching') as unknown as Kysely<TeachingTables>
  await enter(db)
  const rebuild = await timed(async () => {
    await db.transaction().execute(async (trx) => {
      await rebuildResults(trx)
    })
  })
  const lastYear = await timed(async () => {
    await db.transaction().execute(async (trx) => {
      await rebuildResults(trx, 2024)
    })
  })
  await sql`analyze`.execute(db)
  const period = { from: '2024-09-01', to: '2025-08-31' }
  const facts = sql`${indicator.facts({ db, period })}`
  const freeze = await timed(async () => {
    await sql`create temporary table frozen as select * from (${facts}) f`.execute(db)
  })
  const all = { year: 2024, page: 1, pageSize: 50 }
  const page = await timed(async () => await listResults(db, null, all))
  const own = await timed(async () => await listResults(db, [1], all))
  const { rows } = await sql<
    Record<'QUERY PLAN', string>
  >`explain (analyze, timing off) select * from (${facts}) f`.execute(db)
  console.log(rows.map((row) => row['QUERY PLAN']).join('\n'))
  const counted = await sql<{ enrolments: number; facts: number; known: number }>`
    select (select count(*) from plugin_teaching.enrolment)::int as enrolments, count(*)::int as facts,
      (count(*) filter (where attributes ? 'result'))::int as known from frozen`.execute(db)
  const seconds = {
    rebuild_seconds: rebuild,
    last_year_seconds: lastYear,
    facts_seconds: freeze,
    page_seconds: page,
    own_page_seconds: own,
  }
  return { bench: 'teaching', teachers, years, ...counted.rows[0], ...seconds }
}

/** Grades follow the student's ability, the course and chance; hashes of the keys are the draws. */
async function enter(db: Kysely<TeachingTables>): Promise<void> {
  const courses = Math.ceil((teachers * 3) / 4)
  await sql`insert into plugin_teaching.course (code, title) select 'C' || c, 'Course ' || c from generate_series(1, ${courses}::int) c`.execute(
    db,
  )
  await sql`
    insert into plugin_teaching.course_group (code, course_id, year, term, ended_on)
    select y || '-' || t || '-' || n, 1 + (t * 3 + n) % ${courses}::int, y, 1 + n % 2, make_date(y + 1, case n % 2 when 0 then 1 else 6 end, 20)
    from generate_series(${2025 - years}::int, 2024) y, generate_series(1, ${teachers}::int) t, generate_series(0, 2) n`.execute(
    db,
  )
  await sql`
    insert into plugin_teaching.group_teacher (group_id, teacher_id)
    select id, split_part(code, '-', 2)::bigint from plugin_teaching.course_group`.execute(db)
  const students = teachers * 11
  await sql`
    insert into plugin_teaching.enrolment (group_id, student, grade, attempts, attended)
    select g.id, lpad(to_hex(g.year * 1000000 + s.student), 24, '0'),
      greatest(0, least(100, 62 + g.course_id % 13 + (hashint8(s.student) % 1000) / 70 + (hashint8(g.id * 1000 + i) % 1000) / 90)),
      1, true
    from plugin_teaching.course_group g, generate_series(0, 21) i,
      lateral (select (g.id::bigint * 22 + i) % ${students}::bigint as student) s`.execute(db)
  await sql`analyze`.execute(db)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return Math.round((performance.now() - start) / 10) / 100
}
