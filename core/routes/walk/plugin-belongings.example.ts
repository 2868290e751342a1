/** For route-walk.test.ts: what Anna has in the plugins of classrooms, teaching and forecasts. */
import { sql } from 'kysely'
import { formOf } from './forms.example.ts'
import { idOf } from './making.example.ts'
import type { Making } from './making.example.ts'

export async function classroomOf(making: Making) {
  const teacher = making.there.university.teachers.elsewhere
  const room = await idOf(
    making,
    sql`insert into plugin_classroom.room (code, name) values ('301', '301') returning id`,
  )
  const lesson = (key: string) =>
    idOf(
      making,
      sql`insert into plugin_classroom.lesson
        (source, source_key, room_id, teacher_id, subject, kind, starts_at, ends_at, weekday, hour)
        values ('walk', ${key}, ${room}, ${teacher}, 'History', 'lecture', '2026-06-29T05:00:00Z', '2026-06-29T05:50:00Z', 1, 10)
        returning id`,
    )
  const [own, disputed] = [await lesson('a'), await lesson('b')]
  const dispute = { reason: 'the room was locked' }
  await making.ask(making.accounts.anna, 'POST', `/plugins/classroom/lessons/${disputed}/dispute`, dispute)
  return {
    room,
    lesson: { own, disputed },
    device: await idOf(
      making,
      sql`insert into plugin_classroom.device (name, type, interval_seconds, provisioned_at)
        values ('r301', 'ustaz', 60, '2026-01-01') returning id`,
    ),
  }
}

/** Address of one result of hers: teacher, course, year and term. */
export async function teachingOf(making: Making): Promise<string> {
  const teacher = making.there.university.teachers.elsewhere
  const course = await idOf(
    making,
    sql`insert into plugin_teaching.course (code, title) values ('H1', 'Anna''s history') returning id`,
  )
  await sql`insert into plugin_teaching.course_result (teacher_id, course_id, year, term, ended_on, groups, enrolled, graded, passed,
      good, excellent, attempts_known, retaken, attendance_known, attended, used, mean, norm_students, norm_groups)
    values (${teacher}, ${course}, 2025, 1, '2026-01-20', 1, 20, 20, 18, 9, 4, 0, 0, 0, 0, 0, 71.5, 0, 0)`.execute(
    making.there.server.database.db,
  )
  return `${teacher}/${course}/2025/1`
}

/** A table of her courses that the office sent. */
export async function importOrderOf({ ask, accounts }: Making): Promise<number> {
  const table = formOf("code,title\nH0,Anna's course\n", 'Anna.csv', { dryRun: 'false' })
  return (await ask<{ id: number }>(accounts.office, 'POST', '/plugins/teaching/imports/courses', table)).id
}

export async function forecastOf(making: Making): Promise<number> {
  const teacher = making.there.university.teachers.elsewhere
  const outlook = await idOf(
    making,
    sql`insert into plugin_forecast.outlook (run_id, regulation_code, made_at, periods, horizon, backend, seed, seconds)
      values (${making.runs.run}, 'example-methodical-mooc', now(), '[{"from": "2025-09-01", "to": "2026-08-31", "runId": 1}]', 1, 'cpu', 1, 1)
      returning id`,
  )
  const { db } = making.there.server.database
  await sql`insert into plugin_forecast.outlook_measure (outlook_id, measure, place) values (${outlook}, 'total', 0)`.execute(
    db,
  )
  await sql`insert into plugin_forecast.outlook_subject (outlook_id, measure, kind, subject_id, unit_id, past, periods, basis, mean,
      lower80, upper80, lower95, upper95, change)
    values (${outlook}, 'total', 'teacher', ${teacher}, ${making.there.university.units.history}, '{15}', 1, 'peers', '{16}',
      '{12}', '{20}', '{10}', '{22}', 1)`.execute(db)
  return outlook
}
