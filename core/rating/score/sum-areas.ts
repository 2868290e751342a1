import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { columnBeforeLimits } from '../compile/area-steps.ts'
import { compileStretch, stretchedAreas } from '../compile/extrapolation.ts'
import { compileLimits, hasLimits } from '../compile/limits.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { compileRated } from '../compile/rated.ts'
import { quotient } from '../compile/value.ts'
import type { Fragment } from '../compile/value.ts'
import { cutShares, sharesOf } from './cut-shares.ts'
import { rollUp } from './roll-up.ts'
import { numberGroups, sumGroups } from './sum-groups.ts'

/**
 * From `rating_sum` to `rating_area` (teacher_id, area_no, area, matches, raw, points): one row a teacher and area, for every
 * teacher the document rates. An area without any counted fact has matches 0, and points 0 if nothing else gives it some.
 *
 * Between raw (the sum of criteria and groups) and points stands a column for each step the document takes: due, given and
 * `stretched` (extrapolation), `rolled` (from the staff; null: nothing) and `gathered`, `limited` (before cuts to shares of the total).
 */
export async function sumAreas(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  const { document } = plan
  await sumGroups(trx, document)
  if (document.rollUps.length > 0) await gatherRollUps(trx, plan)
  const cuts = sharesOf(document).length > 0
  const points = sql.ref(cuts ? 'limited' : 'points')
  await sql`create temporary table ${sql.ref(cuts ? 'rating_area_whole' : 'rating_area')} on commit drop as
    select x.*, ${limitsByArea(document)} as ${points} from (${gathered(plan)}) x`.execute(trx)
  if (cuts) await cutShares(trx, document)
  await sql`analyze rating_area`.execute(trx)
}

/** The staff's points, which are everybody's own, held to the limits of the areas. */
async function gatherRollUps(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  const alone: RatingPlan = { ...plan, document: { ...plan.document, rollUps: [], rated: 'all' } }
  await sql`create temporary table rating_own on commit drop as
    select x.teacher_id, x.area_no, ${limitsByArea(alone.document)} as points from (${gathered(alone)}) x`.execute(
    trx,
  )
  await sql`analyze rating_own`.execute(trx)
  await rollUp(trx, plan)
}

/** Every area before its limits. */
function gathered({ document, period }: RatingPlan): Fragment {
  const query = stretched(document, sumOf(document, period))
  if (document.rollUps.length === 0) return query
  const before = sql`x.${sql.ref(document.extrapolation ? 'stretched' : 'raw')}`
  return sql`select x.*, u.rolled, ${before} + coalesce(u.rolled, 0) as gathered from (${query}) x
    left join (select teacher_id, area_no, sum(amount) as rolled from rating_roll_up group by teacher_id, area_no) u
      on u.teacher_id = x.teacher_id and u.area_no = x.area_no`
}

function stretched(document: RegulationDocument, query: Fragment): Fragment {
  const areas = stretchedAreas(document)
  if (!document.extrapolation) return query
  return sql`select x.*, case when x.due <> x.given and x.area_no in (${sql.join(areas.map((no) => sql.lit(no)))})
    then ${quotient(sql`x.raw * x.due`, sql`x.given`)} else x.raw end as stretched from (${query}) x`
}

/** Sums of criteria and what groups change in them. */
function sumOf(document: RegulationDocument, period: RatingPlan['period']): Fragment {
  const areas = document.areas.map(({ id }, index) => sql`(${index + 1}::smallint, ${id}::text)`)
  const changes =
    numberGroups(document).length === 0
      ? sql``
      : sql` union all select teacher_id, area_no, 0, points - raw from rating_group where points <> raw`
  const stretch = document.extrapolation ? compileStretch(document.extrapolation, period) : null
  return sql`select t.teacher_id, a.area_no, a.area, coalesce(s.matches, 0) as matches, coalesce(s.raw, 0) as raw
      ${stretch ? sql`, ${stretch.due} as due, ${stretch.given} as given` : sql``}
    from core.snapshot_teacher t
    cross join (values ${sql.join(areas)}) a (area_no, area)
    left join (select teacher_id, area_no, sum(matches) as matches, sum(capped) as raw
               from (select teacher_id, area_no, matches, capped from rating_sum ${changes}) s
               group by teacher_id, area_no) s
      on s.teacher_id = t.teacher_id and s.area_no = a.area_no
    where t.snapshot_id = ${period.snapshotId} and ${compileRated(document)}`
}

/** The points of an area (a row called x) after its cap and floor; a floor holds where something was counted. */
function limitsByArea(document: RegulationDocument): Fragment {
  const before = sql`x.${sql.ref(columnBeforeLimits(document))}`
  const counted =
    document.rollUps.length > 0 ? sql`(x.matches > 0 or x.rolled is not null)` : sql`x.matches > 0`
  const branches = document.areas.flatMap((area, index) =>
    hasLimits(area) ? [sql`when ${sql.lit(index + 1)} then ${compileLimits(before, area, counted)}`] : [],
  )
  return branches.length === 0 ? before : sql`case x.area_no ${sql.join(branches, sql` `)} else ${before} end`
}
