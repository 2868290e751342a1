import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { UnitComparison } from '../../contract/resources/runs.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { FinishedRun } from './find-run.ts'
import { withinScope } from './scope.ts'
import type { ResultScope } from './scope.ts'

export interface UnitQuery {
  kind: 'university' | 'faculty' | 'department'
  parent?: number | undefined
}

/**
 * Units of a kind side by side, by the teachers who have a total (blocked ones count in `teachers` only). Quartiles
 * interpolate linearly between neighbours (percentile_cont); per FTE = sum of totals / sum of rates. Here each teacher belongs to the
 * unit of the main post; the place, where the regulation ranks units, shares who has several.
 */
export async function compareUnits(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  query: UnitQuery,
  scope: ResultScope,
): Promise<UnitComparison[]> {
  const digits = run.document.rounding.digits
  const shown = (expression: RawBuilder<unknown>) =>
    sql`round((${expression})::numeric, ${digits}::int)::text`
  const quantile = (part: number) =>
    shown(sql`percentile_cont(${sql.lit(part)}::float8) within group (order by r.total::float8)`)
  const { rows } = await sql<UnitComparison>`
    with recursive lineage as (
      select unit_id, unit_id as ancestor_id, parent_id from core.snapshot_unit where snapshot_id = ${run.snapshotId}
      union all
      select l.unit_id, u.unit_id, u.parent_id from lineage l
      join core.snapshot_unit u on u.snapshot_id = ${run.snapshotId} and u.unit_id = l.parent_id
    ), member as (
      select l.ancestor_id, t.teacher_id, t.rate from core.snapshot_teacher t
      join lineage l on l.unit_id = t.unit_id
      where t.snapshot_id = ${run.snapshotId} and ${withinScope(scope)}
    ), area_mean as (
      select m.ancestor_id, a.area, ${shown(sql`avg(a.score)`)} as mean
      from member m
      join core.run_teacher r on r.run_id = ${run.id} and r.teacher_id = m.teacher_id and r.total is not null
      join core.run_area a on a.run_id = ${run.id} and a.teacher_id = m.teacher_id
      group by m.ancestor_id, a.area
    )
    select u.unit_id as "unitId", u.parent_id as "parentId", u.kind, u.code, u.name,
      count(r.teacher_id)::int as teachers, count(r.total)::int as scored,
      coalesce(trim_scale(sum(m.rate) filter (where r.total is not null)), 0)::text as fte,
      ${shown(sql`sum(r.total)`)} as sum,
      ${shown(sql`sum(r.total) / nullif(sum(m.rate) filter (where r.total is not null), 0)`)} as "perFte",
      ${shown(sql`avg(r.total)`)} as mean, ${shown(sql`min(r.total)`)} as minimum, ${shown(sql`max(r.total)`)} as maximum,
      ${quantile(0.25)} as "lowerQuartile", ${quantile(0.5)} as median, ${quantile(0.75)} as "upperQuartile",
      coalesce((select jsonb_object_agg(a.area, a.mean) from area_mean a where a.ancestor_id = u.unit_id), '{}') as areas,
      (select jsonb_build_object('place', x.place, 'by', ${shown(sql`x.total`)}) from core.run_unit x
        where x.run_id = ${run.id} and x.unit_id = u.unit_id and x.place is not null and ${seesWhole(scope)}) as ranked
    from core.snapshot_unit u
    join member m on m.ancestor_id = u.unit_id
    join core.run_teacher r on r.run_id = ${run.id} and r.teacher_id = m.teacher_id
    where u.snapshot_id = ${run.snapshotId} and u.kind = ${query.kind}
      and (${query.parent ?? null}::bigint is null or u.parent_id = ${query.parent ?? null}::bigint)
    group by u.unit_id, u.parent_id, u.kind, u.code, u.name
    order by u.code`.execute(db)
  return rows
}

/** Whether the reader sees everybody of the unit u: the figure it is ranked by would tell of the others. */
function seesWhole({ all, unitIds }: ResultScope): RawBuilder<boolean> {
  return all ? sql<boolean>`true` : sql<boolean>`u.unit_id = any(${[...unitIds]}::bigint[])`
}
