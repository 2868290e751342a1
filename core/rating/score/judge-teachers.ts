import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { numberCriteria } from '../compile/matches.ts'
import { valueReadBy } from '../compile/rule.ts'
import { notYet } from '../compile/not-yet.ts'
import { numberOf } from '../compile/value.ts'

type Query = RawBuilder<unknown>
type Eligibility = RegulationDocument['eligibility'][number]

/**
 * Fills `rating_reason` (teacher_id, severity, code, clause, params): why a teacher is `blocked` (an input the regulation
 * needs is unknown: no total, no place) or `excluded` (scored, but not ranked).
 */
export async function judgeTeachers(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  snapshotId: number,
): Promise<void> {
  const parts = [
    ...positionParts(document, snapshotId),
    ...unknownValueParts(document),
    ...emptyAreaParts(document),
    ...document.eligibility.flatMap((rule) => eligibilityParts(rule, snapshotId)),
  ]
  await sql`create temporary table rating_reason on commit drop as
    select teacher_id::bigint, severity::text, code::text, clause::text, params::jsonb
    from (${sql.join(parts, sql` union all `)}) r (teacher_id, severity, code, clause, params)`.execute(trx)
}

/** A position that is unknown, without a norm, or in no league. */
function positionParts(document: RegulationDocument, snapshotId: number): Query[] {
  const frozen = sql`core.snapshot_teacher t where t.snapshot_id = ${snapshotId}`
  const unknown = sql`select t.teacher_id, 'blocked', 'position-unknown', null::text, '{}'::jsonb
    from ${frozen} and t.position is null`
  const noNorm = document.norms.map(
    (norm) => sql`select t.teacher_id, 'blocked', 'norm-missing', ${norm.id},
      jsonb_build_object('position', t.position)
      from ${frozen} and t.position not in (${list(Object.keys(norm.byPosition))})`,
  )
  const positions = document.leagues.flatMap((league) => league.positions)
  const noLeague = sql`select t.teacher_id, 'excluded', 'league-missing', null::text,
      jsonb_build_object('position', t.position)
      from ${frozen} and t.position not in (${list(positions)})`
  return [unknown, ...noNorm, noLeague]
}

/** A fact that a criterion counts, but whose points need a value nobody gave. */
function unknownValueParts(document: RegulationDocument): Query[] {
  const rows = numberCriteria(document).map(({ no, criterion }) => {
    const minimum = criterion.split?.minimum?.of ?? null
    return sql`(${no}::smallint, ${valueReadBy(criterion.points)}::text, ${minimum}::text)`
  })
  return [
    sql`select m.teacher_id, 'blocked', 'value-unknown', c.id, jsonb_build_object('factNo', m.fact_no, 'value',
        case when m.points is null then v.rule when m.shared is null then 'share' else v.minimum end)
      from rating_match m
      join rating_criterion c on c.no = m.no
      join (values ${sql.join(rows)}) v (no, rule, minimum) on v.no = m.no
      where m.awarded is null`,
  ]
}

function emptyAreaParts(document: RegulationDocument): Query[] {
  const blocking = document.areas.filter(({ whenEmpty }) => whenEmpty === 'block').map(({ id }) => id)
  if (blocking.length === 0) return []
  return [
    sql`select teacher_id, 'blocked', 'area-empty', area, '{}'::jsonb from rating_area
      where matches = 0 and area in (${list(blocking)})`,
  ]
}

function eligibilityParts(rule: Eligibility, snapshotId: number): Query[] {
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

function list(values: readonly string[]): Query {
  return sql.join(values.map((value) => sql.lit(value)))
}
