import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { Page } from '../contract/paging.ts'
import { UstazError } from '../contract/problem.ts'
import type { Teacher, teacherDetailSchema } from '../contract/resources/people.ts'
import type { CoreTables } from '../database/tables.ts'
import type { z } from 'zod'
import { fullName, searchWords } from './full-name.ts'

export interface TeacherFilter {
  /** Words that all stand in the name (any case, any order), or a personnel number. */
  search?: string | undefined
  /** Only who holds a post in this unit or below it on the day. */
  unit?: number | undefined
  /** Code; together with `unit` both must be true of one post. */
  position?: string | undefined
  /** Counts from 1. */
  page: number
  pageSize: number
}

/**
 * Teachers in the order of their names, each with the post of the day (YYYY-MM-DD): of several the one with the highest rate, then the
 * one held longest. Who holds none is listed too, unless a unit or position is asked for.
 */
export async function listTeachers(
  db: Kysely<CoreTables>,
  filter: TeacherFilter,
  day: string,
): Promise<Page<Teacher>> {
  const { page, pageSize } = filter
  const where = sql.join([sql`true`, ...nameConditions(filter), ...postConditions(filter, day)], sql` and `)
  const { rows } = await sql<Teacher>`
    select ${teacherColumns}, ${postOf(day)} as appointment
    from (
      select * from teacher t where ${where}
      order by family_name, given_name, id limit ${pageSize} offset ${(page - 1) * pageSize}
    ) t
    order by t.family_name, t.given_name, t.id`.execute(db)
  const counted = await sql<{
    total: number
  }>`select count(*) as total from teacher t where ${where}`.execute(db)
  return { items: rows, total: counted.rows[0]?.total ?? 0, page, pageSize }
}

/** One teacher with all posts, latest first, and all leave. Throws `teacher-not-found` (404). */
export async function getTeacher(
  db: Kysely<CoreTables>,
  id: number,
  day: string,
): Promise<z.infer<typeof teacherDetailSchema>> {
  const { rows } = await sql<z.infer<typeof teacherDetailSchema>>`
    select ${teacherColumns}, ${postOf(day)} as appointment,
      coalesce((select json_agg(${postObject} order by a.starts_on desc, a.rate desc, a.unit_id)
        from appointment a where a.teacher_id = t.id), '[]') as appointments,
      coalesce((select json_agg(json_build_object('kind', l.kind, 'startsOn', l.starts_on, 'endsOn', l.ends_on)
          order by l.starts_on desc)
        from leave l where l.teacher_id = t.id), '[]') as leaves
    from teacher t where t.id = ${id}`.execute(db)
  if (!rows[0]) throw new UstazError('teacher-not-found', { status: 404 })
  return rows[0]
}

const teacherColumns = sql`t.id, t.code, t.family_name as "familyName", t.given_name as "givenName", t.patronymic,
  t.latin_name as "latinName", t.orcid, t.service_from as "serviceFrom"`

/** The rate as text, for JSON would make a binary number of it. */
const postObject = sql`json_build_object('id', a.id, 'unitId', a.unit_id, 'position', a.position, 'degree', a.degree,
  'rate', trim_scale(a.rate)::text, 'startsOn', a.starts_on, 'endsOn', a.ends_on)`

const heldOn = (day: string) =>
  sql`${day}::date between a.starts_on and coalesce(a.ends_on, 'infinity'::date)`

const postOf = (day: string) => sql`(
  select ${postObject} from appointment a where a.teacher_id = t.id and ${heldOn(day)}
  order by a.rate desc, a.starts_on, a.unit_id limit 1)`

function nameConditions({ search }: TeacherFilter): RawBuilder<unknown>[] {
  const words = searchWords(search ?? '')
  if (words.length === 0) return []
  const inName = words.map((word) => sql`${fullName} like lower(${`%${word}%`} collate person_name)`)
  return [sql`((${sql.join(inName, sql` and `)}) or t.code = ${search?.trim()})`]
}

function postConditions({ unit, position }: TeacherFilter, day: string): RawBuilder<unknown>[] {
  if (unit === undefined && position === undefined) return []
  const inUnit = unit === undefined ? sql`true` : sql`a.unit_id in (${unitsBelow(unit)})`
  const asPosition = position === undefined ? sql`true` : sql`a.position = ${position}`
  return [
    sql`t.id in (select a.teacher_id from appointment a where ${heldOn(day)} and ${inUnit} and ${asPosition})`,
  ]
}

const unitsBelow = (unit: number) => sql`
  with recursive below as (
    select ${unit}::bigint as id
    union
    select u.id from unit u join below b on u.parent_id = b.id
  ) select id from below`
