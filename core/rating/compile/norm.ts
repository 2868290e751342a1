import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Period } from '../../plugin/period.ts'
import { all, compileCondition } from './condition.ts'
import { daysOf } from './days.ts'
import { namesOfCondition } from './reads.ts'
import { decimal, numberOf, quotient, textOf } from './value.ts'
import type { Fragment } from './value.ts'

export type Norm = RegulationDocument['norms'][number]

/** Values of the teacher that norms read. */
export function namesOfNorms({ norms }: RegulationDocument): string[] {
  const conditions = norms.flatMap(({ exceptions }) => exceptions.flatMap(({ where }) => where))
  const prorated = norms.flatMap(({ prorate }) => prorate.flatMap((by) => proratedBy[by]))
  return ['teacher.position', ...conditions.flatMap(namesOfCondition), ...prorated]
}

const proratedBy = {
  rate: ['teacher.rate'],
  employment: ['teacher.employedDays'],
  leave: ['teacher.employedDays', 'teacher.leaveDays'],
} as const

/**
 * The norm of a frozen teacher (a row called f, see teacher-rows.ts). `byDays`: what the posts of the period give, see below. null: there is
 * none for a position, or what it depends on is unknown.
 */
export function compileNorm(norm: Norm, byDays: Fragment, period: Period): Fragment {
  const byPosition = norm.position === 'by-days' ? byDays : normOfPosition(norm, textOf('teacher.position'))
  const exceptions = norm.exceptions.map(({ where, points }) => {
    const holds = all(where.map(compileCondition))
    return sql`when ${holds} then ${decimal(points)} when (${holds}) is null then null`
  })
  const whole =
    exceptions.length === 0 ? byPosition : sql`case ${sql.join(exceptions, sql` `)} else ${byPosition} end`
  return prorated(norm, whole, period)
}

/** The norm of one position (SQL text, null: unknown); null: there is none. */
export function normOfPosition({ byPosition, points }: Norm, position: Fragment): Fragment {
  const rows = Object.entries(byPosition).map(
    ([code, norm]) => sql`when ${position} = ${sql.lit(code)} then ${decimal(norm)}`,
  )
  const otherwise = points === null ? sql`null::numeric` : decimal(points)
  if (rows.length === 0) return otherwise
  return sql`case ${sql.join(rows, sql` `)} when ${position} is not null then ${otherwise} end`
}

/** Each position's norm by the days it was held in the period, as a query with teacher_id and norm; of posts held at once each with its days. */
export function normsByDays(norm: Norm, snapshotId: number): Fragment {
  return sql`select p.teacher_id, case when bool_and(p.norm is not null)
      then ${quotient(sql`sum(p.norm * p.days)`, sql`sum(p.days)`)} end as norm
    from (select q.teacher_id, q.last_day - q.first_day + 1 as days, ${normOfPosition(norm, sql`q.position`)} as norm
          from core.snapshot_post q where q.snapshot_id = ${sql.lit(snapshotId)}) p
    group by p.teacher_id`
}

/** Times the rate, the part of the period employed, the part of the employment not on leave. */
function prorated({ prorate }: Norm, whole: Fragment, period: Period): Fragment {
  const [employed, leave] = [numberOf('teacher.employedDays'), numberOf('teacher.leaveDays')]
  const byRate = prorate.includes('rate') ? sql`(${whole}) * ${numberOf('teacher.rate')}` : sql`(${whole})`
  if (prorate.includes('leave')) {
    const of = prorate.includes('employment') ? sql.lit(daysOf(period)) : employed
    return quotient(sql`${byRate} * greatest(${employed} - ${leave}, 0)`, of)
  }
  return prorate.includes('employment')
    ? quotient(sql`${byRate} * ${employed}`, sql.lit(daysOf(period)))
    : byRate
}

/** What a norm changes in the total so far; null: the norm is missing, or 0 where it divides. */
export function compileNormChange({ mode }: Norm, total: Fragment, norm: Fragment): Fragment {
  return mode === 'subtract' ? sql`-${norm}` : sql`${quotient(sql`100 * ${total}`, norm)} - ${total}`
}
