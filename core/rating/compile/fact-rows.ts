import { sql } from 'kysely'
import { frozenRows } from '../frozen-rows.ts'
import type { RatingPlan } from './plan.ts'
import { teacherRows } from './teacher-rows.ts'
import type { Fragment } from './value.ts'

export type Whose = 'own' | 'staff'

/**
 * The frozen facts as a query: the columns of snapshot_fact, and of what the plan reads the age and the values of the teacher.
 * Give it the name f, and rules and conditions compile over it. `staff`: one row for each leader and fact of the staff, with the
 * leader as the teacher; fact_teacher_id then says whose fact it is and person_no orders the people by their codes. Both
 * are null for facts of one's own, and absent where no criterion counts the staff's.
 */
export function factRows(
  { period, reads, countsStaff }: Pick<RatingPlan, 'period' | 'reads' | 'countsStaff'>,
  whose: Whose,
): Fragment {
  const ofTeacher = [...reads].filter((name) => name.startsWith('teacher.'))
  const isStaff = whose === 'staff'
  const teacher = isStaff ? sql`s.leader_id` : sql`f.teacher_id`
  const person = isStaff
    ? sql`, f.teacher_id as fact_teacher_id, s.person_no`
    : countsStaff
      ? sql`, null::bigint as fact_teacher_id, null::bigint as person_no`
      : sql``
  return sql`select ${teacher} as teacher_id ${person}, f.fact_no, f.indicator, f.happened_on, f.quantity, f.role, f.participants,
      f.share, f.attributes, f.evidence_id, f.ordinal, f.affiliated, f.role_counts, f.expert_points
      ${reads.has('person') ? sql`, w.code as person` : sql``}
      ${reads.has('age') ? sql`, ${ageAt(period.to)} as age` : sql``}
      ${ofTeacher.length > 0 ? sql`, ${sql.join(ofTeacher.map((name) => sql`t.${sql.id(name)}`))}` : sql``}
    from ${frozenRows('snapshot_fact', period.snapshotId)} f
    ${isStaff ? sql`join rating_led s on s.teacher_id = f.teacher_id` : sql``}
    ${reads.has('person') ? joinPerson : sql``}
    ${ofTeacher.length > 0 ? sql`join (${teacherRows(period, ofTeacher)}) t on t.teacher_id = ${teacher}` : sql``}
    where f.snapshot_id = ${sql.lit(period.snapshotId)}`
}

const joinPerson = sql`join core.snapshot_teacher w on w.snapshot_id = f.snapshot_id and w.teacher_id = f.teacher_id`

/** Whole years from the fact's day to this one. */
function ageAt(day: string): Fragment {
  return sql`extract(year from age(${sql.lit(day)}::date, f.happened_on))::numeric`
}
