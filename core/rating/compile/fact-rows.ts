import { sql } from 'kysely'
import { teacherRows } from './teacher-rows.ts'
import type { FrozenPeriod } from './teacher-rows.ts'
import type { Fragment } from './value.ts'

/**
 * The frozen facts as a query: the columns of snapshot_fact, and of what these names ask for the age and the values of the teacher.
 * Give it the name f, and rules and conditions compile over it.
 */
export function factRows(period: FrozenPeriod, names: ReadonlySet<string>): Fragment {
  const ofTeacher = [...names].filter((name) => name.startsWith('teacher.'))
  return sql`select f.* ${names.has('age') ? sql`, ${ageAt(period.to)} as age` : sql``}
      ${ofTeacher.length > 0 ? sql`, ${sql.join(ofTeacher.map((name) => sql`t.${sql.id(name)}`))}` : sql``}
    from core.snapshot_fact f
    ${ofTeacher.length > 0 ? sql`join (${teacherRows(period, ofTeacher)}) t on t.teacher_id = f.teacher_id` : sql``}
    where f.snapshot_id = ${sql.lit(period.snapshotId)}`
}

/** Whole years from the fact's day to this one. */
function ageAt(day: string): Fragment {
  return sql`extract(year from age(${sql.lit(day)}::date, f.happened_on))::numeric`
}
