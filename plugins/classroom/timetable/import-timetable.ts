import { UstazError } from '@ustaz/core/contract'
import type { Language } from '@ustaz/core/contract'
import type { PluginContext } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { namedAtMost } from '../contract.ts'
import type { TimetableReport } from '../contract.ts'
import type { ClassroomTables } from '../tables.ts'
import { textOf } from '../texts.ts'
import { findConflicts } from './find-conflicts.ts'
import type { PlannedLesson, ReadTimetable } from './planned-lesson.ts'
import { readCsv } from './read-csv.ts'
import { readIcalendar } from './read-icalendar.ts'

interface Order {
  content: Buffer
  source: string
  format: 'csv' | 'icalendar'
  dryRun: boolean
  language: Language
}

/** How far a calendar is read around today, in days. */
const calendarDays = { back: 400, ahead: 400 }

/**
 * Brings a timetable in, all or nothing: rows with a fault refuse the whole, unless it is a dry run; conflicts are reported and brought in as
 * they are. The same file a second time changes nothing.
 */
export async function importTimetable(
  { db, people, timeZone, now }: PluginContext<ClassroomTables>,
  { content, source, format, dryRun, language }: Order,
): Promise<TimetableReport> {
  const day = 86_400_000
  const span = {
    from: new Date(now().getTime() - calendarDays.back * day),
    until: new Date(now().getTime() + calendarDays.ahead * day),
  }
  const { lessons, refused } = format === 'csv' ? readCsv(content, timeZone) : readIcalendar(content, span)
  const unique = withoutTwins(lessons)
  const teachers = new Map((await people.listTeachers()).map(({ code, id }) => [code, id]))
  const report = await db.transaction().execute(async (trx) => {
    // One import of a source at a time, so that two of the same file do not create everything twice.
    await sql`select pg_advisory_xact_lock(hashtextextended('ustaz timetable ' || ${source}, 0))`.execute(trx)
    const capacities = await capacitiesOf(trx)
    const conflicts = findConflicts(unique, capacities)
    const counts = await store(
      trx,
      unique,
      { source, timeZone, teachers, now: now() },
      dryRun || refused.length > 0,
    )
    return { conflicts, counts }
  })
  const subjects = new Map(unique.map(({ key, subject }) => [key, subject]))
  const unknown = new Set(
    unique.flatMap(({ teacher }) => (teacher && !teachers.has(teacher) ? [teacher] : [])),
  )
  if (!dryRun && refused.length > 0) throw refusal(refused)
  return {
    dryRun,
    lessons: unique.length,
    ...report.counts,
    refusedCount: refused.length,
    refused: refused
      .slice(0, namedAtMost)
      .map(({ place, ...coded }) => ({ place, reason: textOf(language, 'refusals', coded) })),
    conflictCount: report.conflicts.length,
    conflicts: report.conflicts.slice(0, namedAtMost).map(({ kind, about, at, keys }) => ({
      kind,
      about,
      at: at.toISOString(),
      subjects: keys.map((key) => subjects.get(key) ?? key),
    })),
    unknownTeachers: [...unknown].sort().slice(0, namedAtMost),
  }
}

function refusal(refused: ReadTimetable['refused']): UstazError {
  return new UstazError('classroom.timetable-refused', {
    status: 422,
    params: { count: refused.length },
    issues: refused
      .slice(0, namedAtMost)
      .map(({ place, code, params }) => ({ path: `/${place}`, code: `classroom.${code}`, params })),
  })
}

/** The same key twice in one file is one lesson, as it stands last. */
function withoutTwins(lessons: readonly PlannedLesson[]): PlannedLesson[] {
  return [...new Map(lessons.map((lesson) => [lesson.key, lesson])).values()]
}

async function capacitiesOf(db: Kysely<ClassroomTables>): Promise<Map<string, number>> {
  const rooms = await db
    .selectFrom('room')
    .select(['code', 'capacity'])
    .where('capacity', 'is not', null)
    .execute()
  return new Map(rooms.map(({ code, capacity }) => [code, capacity!]))
}

interface Storing {
  source: string
  timeZone: string
  teachers: ReadonlyMap<string, number>
  now: Date
}
type Counts = Pick<TimetableReport, 'created' | 'changed' | 'unchanged' | 'cancelled' | 'rooms'>

async function store(
  trx: Transaction<ClassroomTables>,
  lessons: readonly PlannedLesson[],
  { source, timeZone, teachers, now }: Storing,
  dryRun: boolean,
): Promise<Counts> {
  const rows = lessons.map((lesson) => ({
    source_key: lesson.key,
    room: lesson.room,
    teacher_id: lesson.teacher === null ? null : (teachers.get(lesson.teacher) ?? null),
    group_code: lesson.group,
    subject: lesson.subject,
    kind: lesson.kind,
    enrolment: lesson.enrolment,
    starts_at: lesson.startsAt.toISOString(),
    ends_at: lesson.endsAt.toISOString(),
  }))
  await sql`create temporary table planned on commit drop as
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (source_key text, room text, teacher_id bigint,
      group_code text, subject text, kind text, enrolment integer, starts_at timestamptz, ends_at timestamptz)`.execute(
    trx,
  )
  const rooms = await countOf(
    trx,
    sql`
    select count(distinct room)::integer as count from planned p
    where room is not null and not exists (select from plugin_classroom.room r where r.code = p.room)`,
  )
  const differs = sql`(r.code, l.teacher_id, l.group_code, l.subject, l.kind, l.enrolment, l.starts_at, l.ends_at)
    is distinct from (p.room, p.teacher_id, p.group_code, p.subject, p.kind, p.enrolment, p.starts_at, p.ends_at)
    or l.cancelled_at is not null`
  const known = sql`planned p join plugin_classroom.lesson l on l.source = ${source} and l.source_key = p.source_key
    left join plugin_classroom.room r on r.id = l.room_id`
  const changed = await countOf(trx, sql`select count(*)::integer as count from ${known} where ${differs}`)
  const all = await countOf(trx, sql`select count(*)::integer as count from ${known}`)
  // Only inside the days the file speaks of: a timetable of the autumn says nothing of the spring.
  const gone = sql`l.source = ${source} and l.cancelled_at is null
    and l.starts_at >= (select min(starts_at) from planned) and l.starts_at <= (select max(starts_at) from planned)
    and not exists (select from planned p where p.source_key = l.source_key)`
  const cancelled = await countOf(
    trx,
    sql`select count(*)::integer as count from plugin_classroom.lesson l where ${gone}`,
  )
  const counts = { created: rows.length - all, changed, unchanged: all - changed, cancelled, rooms }
  if (dryRun) return counts
  await sql`
    insert into plugin_classroom.room (code, name)
    select distinct room, room from planned where room is not null order by room on conflict (code) do nothing`.execute(
    trx,
  )
  const local = sql`(p.starts_at at time zone ${timeZone})`
  await sql`
    insert into plugin_classroom.lesson (source, source_key, room_id, teacher_id, group_code, subject, kind, enrolment,
      starts_at, ends_at, weekday, hour)
    select ${source}, p.source_key, r.id, p.teacher_id, p.group_code, p.subject, p.kind, p.enrolment, p.starts_at, p.ends_at,
      extract(isodow from ${local}), extract(hour from ${local})
    from planned p left join plugin_classroom.room r on r.code = p.room
    on conflict (source, source_key) do update set
      room_id = excluded.room_id, teacher_id = excluded.teacher_id, group_code = excluded.group_code, subject = excluded.subject,
      kind = excluded.kind, enrolment = excluded.enrolment, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      weekday = excluded.weekday, hour = excluded.hour, cancelled_at = null`.execute(trx)
  await sql`update plugin_classroom.lesson l set cancelled_at = ${now} where ${gone}`.execute(trx)
  return counts
}

async function countOf(db: Kysely<ClassroomTables>, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(db)
  return (rows[0] as { count: number }).count
}
