import { sql } from 'kysely'
import type { Fragment } from './value.ts'

/** A frozen period. `factsFrom`: the first day whose facts are frozen, not after `from`. */
export interface FrozenPeriod {
  snapshotId: number
  from: string
  to: string
  factsFrom: string
}

/** Frozen columns by the name of the value; t: snapshot_teacher, d and y: units of the post and of the faculty. */
const columns: Readonly<Record<string, (period: FrozenPeriod) => Fragment>> = {
  'teacher.position': () => sql`t.position`,
  'teacher.degree': () => sql`t.degree`,
  'teacher.field': () => sql`t.field`,
  'teacher.citizenship': () => sql`t.citizenship`,
  'teacher.department': () => sql`d.code`,
  'teacher.faculty': () => sql`y.code`,
  'teacher.rate': () => sql`t.rate`,
  'teacher.serviceYears': ({ to }) =>
    sql`extract(year from age(${sql.lit(to)}::date + 1, t.service_from))::numeric`,
  'teacher.employedDays': () => sql`t.employed_days::numeric`,
  'teacher.leaveDays': () => sql`t.leave_days::numeric`,
}

/**
 * The frozen teachers as a query with teacher_id and a column for each of these values of theirs (others are passed over),
 * named like the value: give it the name f, and conditions over `teacher.*` compile over it.
 */
export function teacherRows(period: FrozenPeriod, names: Iterable<string>): Fragment {
  const wanted = [...new Set(names)].filter((name) => Object.hasOwn(columns, name))
  const chosen = wanted.map((name) => sql`, ${columns[name]!(period)} as ${sql.id(name)}`)
  const unit = (alias: string, id: string) =>
    sql`left join core.snapshot_unit ${sql.ref(alias)} on ${sql.ref(`${alias}.snapshot_id`)} = t.snapshot_id
      and ${sql.ref(`${alias}.unit_id`)} = ${sql.ref(id)}`
  return sql`select t.teacher_id ${sql.join(chosen, sql` `)} from core.snapshot_teacher t
    ${wanted.includes('teacher.department') ? unit('d', 't.unit_id') : sql``}
    ${wanted.includes('teacher.faculty') ? unit('y', 't.faculty_id') : sql``}
    where t.snapshot_id = ${sql.lit(period.snapshotId)}`
}
