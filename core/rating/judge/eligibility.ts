import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { all, compileCondition } from '../compile/condition.ts'
import { daysPresent } from '../compile/days.ts'
import { factRows } from '../compile/fact-rows.ts'
import { namesOfCondition } from '../compile/reads.ts'
import { teacherRows } from '../compile/teacher-rows.ts'
import type { FrozenPeriod } from '../compile/teacher-rows.ts'
import { numberOf } from '../compile/value.ts'
import type { Query } from '../query.ts'

type Eligibility = RegulationDocument['eligibility'][number]
type EligibilityOf<K extends Eligibility['kind']> = Extract<Eligibility, { kind: K }>

/** Who does not take part in the ranking by one rule, or of whom that cannot be told. */
export function eligibilityReasons(rule: Eligibility, period: FrozenPeriod): Query[] {
  const frozen = sql`core.snapshot_teacher t where t.snapshot_id = ${period.snapshotId}`
  switch (rule.kind) {
    case 'rate':
      return [
        sql`select t.teacher_id, 'excluded', 'rate-too-low', ${rule.id},
          jsonb_build_object('rate', trim_scale(t.rate)::text, 'atLeast', ${rule.atLeast}::text)
          from ${frozen} and t.rate < ${rule.atLeast}::numeric`,
      ]
    case 'service-years': {
      const months = Math.round(Number(rule.atLeast) * 12)
      return [
        sql`select t.teacher_id, 'excluded', 'service-too-short', ${rule.id},
          jsonb_build_object('since', t.service_from, 'atLeast', ${rule.atLeast}::text)
          from ${frozen} and t.service_from + make_interval(months => ${months}) > ${period.to}::date + 1`,
      ]
    }
    case 'days-present':
      return presenceReasons(rule, period.snapshotId)
    case 'teacher':
      return teacherReasons(rule, period)
    case 'fact':
      return factReasons(rule, period)
  }
}

/** Fewer days present than a clause asks for, or nobody knows how many. */
export function presenceReasons(rule: { id: string; atLeast: string }, snapshotId: number): Query[] {
  const frozen = sql`core.snapshot_teacher t where t.snapshot_id = ${snapshotId}`
  return [
    sql`select t.teacher_id, 'excluded', 'days-too-few', ${rule.id},
      jsonb_build_object('days', greatest(${daysPresent}, 0), 'atLeast', ${rule.atLeast}::text)
      from ${frozen} and ${daysPresent} < ${rule.atLeast}::numeric`,
    daysUnknown(rule.id, snapshotId),
  ]
}

export function daysUnknown(clause: string, snapshotId: number): Query {
  return sql`select t.teacher_id, 'blocked', 'days-unknown', ${clause}::text, '{}'::jsonb
    from core.snapshot_teacher t where t.snapshot_id = ${snapshotId} and ${daysPresent} is null`
}

function teacherReasons({ id, where, whenUnknown }: EligibilityOf<'teacher'>, period: FrozenPeriod): Query[] {
  const holds = all(where.map(compileCondition))
  const people = sql`(${teacherRows(period, where.flatMap(namesOfCondition))}) f`
  const refused = sql`select f.teacher_id, 'excluded', 'teacher-not-eligible', ${id}::text, '{}'::jsonb
    from ${people} where not ${holds}`
  if (whenUnknown === 'include') return [refused]
  const severity = whenUnknown === 'block' ? 'blocked' : 'excluded'
  return [
    refused,
    sql`select f.teacher_id, ${severity}::text, 'teacher-unknown', ${id}::text, '{}'::jsonb
      from ${people} where ${holds} is null`,
  ]
}

function factReasons(rule: EligibilityOf<'fact'>, period: FrozenPeriod): Query[] {
  const best = sql`(select t.teacher_id, max(${numberOf(rule.value)}) as value
    from core.snapshot_teacher t
    left join (${factRows({ period, reads: new Set([rule.value]), countsStaff: false }, 'own')}) f on f.teacher_id = t.teacher_id
      and f.indicator = ${rule.indicator} and f.happened_on >= ${period.from}::date
    where t.snapshot_id = ${period.snapshotId} group by t.teacher_id) b`
  const params = sql`jsonb_build_object('indicator', ${rule.indicator}::text, 'value', trim_scale(b.value)::text,
    'atLeast', ${rule.atLeast}::text)`
  if (rule.whenUnknown === 'include') {
    return [
      sql`select b.teacher_id, 'excluded', 'value-too-low', ${rule.id}, ${params}
        from ${best} where b.value < ${rule.atLeast}::numeric`,
    ]
  }
  const severity = rule.whenUnknown === 'block' ? 'blocked' : 'excluded'
  return [
    sql`select b.teacher_id, case when b.value is null then ${severity}::text else 'excluded' end,
        case when b.value is null then 'eligibility-unknown' else 'value-too-low' end, ${rule.id}, ${params}
      from ${best} where b.value is null or b.value < ${rule.atLeast}::numeric`,
  ]
}
