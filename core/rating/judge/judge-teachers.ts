import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { list } from '../compile/condition.ts'
import type { Source } from '../write/source.ts'
import type { Query } from '../query.ts'
import { numbersOf, staffOfLeaders } from '../score/roll-up.ts'
import { unknownOwn } from '../score/unknown-areas.ts'
import { daysUnknown, eligibilityReasons, presenceReasons } from './eligibility.ts'
import { positionReasons } from './positions.ts'
import { unknownValueReasons } from './unknown-values.ts'

/**
 * Fills `rating_reason` (teacher_id, severity, code, clause, params): why a teacher is `blocked` (an input the regulation
 * needs is unknown: no total, no place) or `excluded` (scored, but not ranked).
 */
export async function judgeTeachers(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const { document } = source
  const { period } = source.plan
  const parts = [
    ...positionReasons(source),
    ...unknownValueReasons(),
    ...emptyAreaReasons(document),
    ...weighingReasons(source),
    ...extrapolationReasons(source),
    ...rollUpReasons(source),
    ...document.eligibility.flatMap((rule) => eligibilityReasons(rule, period)),
  ]
  await sql`create temporary table rating_reason on commit drop as
    select teacher_id::bigint, severity::text, code::text, clause::text, params::jsonb
    from (${sql.join(parts, sql` union all `)}) r (teacher_id, severity, code, clause, params)`.execute(trx)
}

function emptyAreaReasons(document: RegulationDocument): Query[] {
  const blocking = document.areas.filter(({ whenEmpty }) => whenEmpty === 'block').map(({ id }) => id)
  if (blocking.length === 0) return []
  const notRolled = document.rollUps.length > 0 ? sql`and rolled is null` : sql``
  return [
    sql`select teacher_id, 'blocked', 'area-empty', area, '{}'::jsonb from rating_area
      where matches = 0 ${notRolled} and area in (${list(blocking)})`,
  ]
}

/** A value that has no place on a scale or in an aggregation, and weights that cannot be told. */
function weighingReasons({ byTeacher, hasObstacles, document }: Source): Query[] {
  const obstacles = sql`select teacher_id, 'blocked', code, clause, '{}'::jsonb from rating_obstacle`
  const weights = sql`select distinct r.teacher_id, 'blocked', 'weights-unknown', null::text,
      jsonb_build_object('weighting', ${document.weighting.id}::text) from rating_area r
    where not exists (select from rating_weight w where w.teacher_id = r.teacher_id)`
  return [...(hasObstacles ? [obstacles] : []), ...(byTeacher ? [weights] : [])]
}

/** Too few days present to make up for the absent ones, or nobody knows how many. */
function extrapolationReasons({ document: { extrapolation }, snapshotId }: Source): Query[] {
  if (!extrapolation) return []
  const { id, atLeastDays, whenFewer } = extrapolation
  return whenFewer === 'exclude'
    ? presenceReasons({ id, atLeast: String(atLeastDays) }, snapshotId)
    : [daysUnknown(id, snapshotId)]
}

/** A leader whose staff has points nobody can tell yet. */
function rollUpReasons({ document, snapshotId, plan }: Source): Query[] {
  const areas = document.areas.map(({ id }) => id)
  return document.rollUps.map(
    (rule) => sql`select l.teacher_id, 'blocked', 'staff-unknown', ${rule.id}::text,
        jsonb_build_object('teachers', count(distinct s.teacher_id))
      from ${staffOfLeaders(rule, snapshotId)}
      join (${unknownOwn(plan)}) u on u.teacher_id = s.teacher_id and u.area_no in (${numbersOf(rule, areas)})
      group by l.teacher_id`,
  )
}
