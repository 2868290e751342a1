import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { compileLimits, hasLimits } from '../compile/limits.ts'
import type { Fragment } from '../compile/value.ts'
import { cutShares, sharesOf } from './cut-shares.ts'
import { numberGroups, sumGroups } from './sum-groups.ts'

/**
 * From `rating_sum` to `rating_area` (teacher_id, area_no, area, matches, raw, points): one row a teacher and area, for every
 * frozen teacher. An area without any counted fact has matches 0, and points 0 if nothing else gives it some. Between raw
 * (the sum of criteria and groups) and points stand a column for each step the document takes: `limited` before the cuts to shares
 * of the total.
 */
export async function sumAreas(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  snapshotId: number,
): Promise<void> {
  await sumGroups(trx, document)
  const cuts = sharesOf(document).length > 0
  await sql`create temporary table ${sql.ref(cuts ? 'rating_area_whole' : 'rating_area')} on commit drop as
    select x.teacher_id, x.area_no, x.area, x.matches, x.raw, ${limitsByArea(document)} as ${sql.ref(cuts ? 'limited' : 'points')}
    from (${rawOf(document, snapshotId)}) x`.execute(trx)
  if (cuts) await cutShares(trx, document)
  await sql`analyze rating_area`.execute(trx)
}

/** Sums of criteria and what groups change in them. */
function rawOf(document: RegulationDocument, snapshotId: number): Fragment {
  const areas = document.areas.map(({ id }, index) => sql`(${index + 1}::smallint, ${id}::text)`)
  const changes =
    numberGroups(document).length === 0
      ? sql``
      : sql` union all select teacher_id, area_no, 0, points - raw from rating_group where points <> raw`
  return sql`select t.teacher_id, a.area_no, a.area, coalesce(s.matches, 0) as matches, coalesce(s.raw, 0) as raw
    from core.snapshot_teacher t
    cross join (values ${sql.join(areas)}) a (area_no, area)
    left join (select teacher_id, area_no, sum(matches) as matches, sum(capped) as raw
               from (select teacher_id, area_no, matches, capped from rating_sum ${changes}) s
               group by teacher_id, area_no) s
      on s.teacher_id = t.teacher_id and s.area_no = a.area_no
    where t.snapshot_id = ${snapshotId}`
}

/** The points of an area after its cap and floor. */
function limitsByArea(document: RegulationDocument): Fragment {
  const branches = document.areas.flatMap((area, index) =>
    hasLimits(area)
      ? [sql`when ${sql.lit(index + 1)} then ${compileLimits(sql`x.raw`, area, sql`x.matches > 0`)}`]
      : [],
  )
  return branches.length === 0 ? sql`x.raw` : sql`case x.area_no ${sql.join(branches, sql` `)} else x.raw end`
}
