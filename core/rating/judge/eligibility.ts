import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { notYet } from '../compile/not-yet.ts'
import { numberOf } from '../compile/value.ts'
import type { Query } from '../write/source.ts'

type Eligibility = RegulationDocument['eligibility'][number]

/** Who does not take part in the ranking by one rule, or of whom that cannot be told. */
export function eligibilityReasons(rule: Eligibility, snapshotId: number): Query[] {
  const frozen = sql`core.snapshot_teacher t where t.snapshot_id = ${snapshotId}`
  if (rule.kind === 'teacher') throw notYet('eligibility.teacher')
  const needed = sql`'atLeast', ${rule.atLeast}::text`
  if (rule.kind === 'rate') {
    return [
      sql`select t.teacher_id, 'excluded', 'rate-too-low', ${rule.id},
        jsonb_build_object('rate', trim_scale(t.rate)::text, ${needed})
        from ${frozen} and t.rate < ${rule.atLeast}::numeric`,
    ]
  }
  if (rule.kind === 'service-years') {
    const months = Math.round(Number(rule.atLeast) * 12)
    return [
      sql`select t.teacher_id, 'excluded', 'service-too-short', ${rule.id},
        jsonb_build_object('since', t.service_from, ${needed})
        from ${frozen} and t.service_from + make_interval(months => ${months}) >
          (select period_to + 1 from core.snapshot where id = ${snapshotId})`,
    ]
  }
  if (rule.kind !== 'fact') throw notYet(`eligibility.${rule.kind}`)
  return factParts(rule, snapshotId)
}

function factParts(rule: Extract<Eligibility, { kind: 'fact' }>, snapshotId: number): Query[] {
  const best = sql`(select t.teacher_id, max(${numberOf(rule.value)}) as value
    from core.snapshot_teacher t
    left join core.snapshot_fact f on f.snapshot_id = t.snapshot_id and f.teacher_id = t.teacher_id
      and f.indicator = ${rule.indicator}
    where t.snapshot_id = ${snapshotId} group by t.teacher_id) b`
  const params = sql`jsonb_build_object('indicator', ${rule.indicator}::text, 'value', trim_scale(b.value)::text,
    'atLeast', ${rule.atLeast}::text)`
  const tooLow = sql`select b.teacher_id, 'excluded', 'value-too-low', ${rule.id}, ${params}
    from ${best} where b.value < ${rule.atLeast}::numeric`
  if (rule.whenUnknown === 'include') return [tooLow]
  const severity = rule.whenUnknown === 'block' ? 'blocked' : 'excluded'
  return [
    tooLow,
    sql`select b.teacher_id, ${severity}::text, 'eligibility-unknown', ${rule.id}, ${params} from ${best}
      where b.value is null`,
  ]
}
