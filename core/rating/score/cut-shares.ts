import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { columnBeforeLimits } from '../compile/area-steps.ts'
import { compileCeiling, groupCuts } from '../compile/ceiling.ts'
import type { SharePart } from '../compile/ceiling.ts'
import { stretchedAreas } from '../compile/extrapolation.ts'
import { decimal, quotient } from '../compile/value.ts'
import type { Fragment } from '../compile/value.ts'
import { numberGroups } from './sum-groups.ts'

/** The groups and areas that may be at most a share of the total; areas first. */
export function sharesOf(document: RegulationDocument): SharePart[] {
  const areas = document.areas.flatMap(({ shareOfTotal }, index) =>
    shareOfTotal === null
      ? []
      : [{ column: `a${index + 1}`, areaNo: index + 1, groupNo: null, share: shareOfTotal }],
  )
  const groups = numberGroups(document).flatMap(({ no, areaNo, group: { shareOfTotal } }) =>
    shareOfTotal === null ? [] : [{ column: `g${no}`, areaNo, groupNo: no, share: shareOfTotal }],
  )
  return [...areas, ...groups]
}

/**
 * From `rating_area_whole` to `rating_area`: cuts every limited part to share x total. Fills `rating_ceiling` (teacher_id, total,
 * g1, ...: what each limited group was worth).
 */
export async function cutShares(trx: Transaction<CoreTables>, document: RegulationDocument): Promise<void> {
  const parts = sharesOf(document)
  const groups = parts.filter(({ groupNo }) => groupNo !== null)
  const worth = groups.map(({ column }) => sql`, ${sql.ref(column)}`)
  await sql`create temporary table rating_ceiling on commit drop as
    select x.teacher_id, x.ceiling ${sql.join(worth, sql``)} from (${compileCeiling(parts, worthOf(parts, document))}) x`.execute(
    trx,
  )
  await sql`create temporary table rating_area on commit drop as
    select w.*, ${cutByArea(parts)} as points
    from rating_area_whole w join rating_ceiling c on c.teacher_id = w.teacher_id`.execute(trx)
}

/**
 * What each limited area (its points) and each limited group of a teacher is worth, and `total`. Where the cap of an area has
 * already cut, that is taken from what lies outside the limited groups first, then from the last of them.
 */
function worthOf(parts: readonly SharePart[], document: RegulationDocument): Fragment {
  const groups = parts.filter(({ groupNo }) => groupNo !== null)
  const areas = [...new Set(parts.map(({ areaNo }) => areaNo))].map((areaNo) => {
    const own = sql`filter (where area_no = ${sql.lit(areaNo)})`
    const change = sql`limited - ${sql.ref(columnBeforeLimits(document))}`
    return sql`, max(limited) ${own} as ${areaColumn(areaNo)}, max(${change}) ${own} as ${changeColumn(areaNo)}`
  })
  const stretch = document.extrapolation ? sql`, max(due) as due, max(given) as given` : sql``
  const byTeacher = sql`select teacher_id, sum(limited) as total ${stretch} ${sql.join(areas, sql``)}
    from rating_area_whole group by teacher_id`
  if (groups.length === 0) return byTeacher
  const points = groups.map(
    ({ column, groupNo }) =>
      sql`, max(points) filter (where group_no = ${sql.lit(groupNo)}) as ${sql.ref(column)}`,
  )
  const worth = groups.map(
    (group) => sql`, ${worthOfGroup(group, groups, document)} as ${sql.ref(group.column)}`,
  )
  const limitedAreas = parts.filter(({ groupNo }) => groupNo === null)
  return sql`select a.teacher_id, a.total
      ${sql.join(
        limitedAreas.map(({ areaNo }) => sql`, a.${areaColumn(areaNo)}`),
        sql``,
      )} ${sql.join(worth, sql``)}
    from (${byTeacher}) a
    left join (select teacher_id ${sql.join(points, sql``)} from rating_group group by teacher_id) g
      on g.teacher_id = a.teacher_id`
}

function worthOfGroup(
  group: SharePart,
  groups: readonly SharePart[],
  document: RegulationDocument,
): Fragment {
  const points = pointsOfGroup(group, document)
  if (document.areas[group.areaNo - 1]!.cap === null) return points
  const before = groups
    .slice(0, groups.indexOf(group))
    .filter(({ areaNo }) => areaNo === group.areaNo)
    .map((other) => sql` - greatest(${pointsOfGroup(other, document)}, 0)`)
  const left = sql`a.${areaColumn(group.areaNo)} ${sql.join(before, sql``)}`
  return sql`case when a.${changeColumn(group.areaNo)} < 0 then greatest(least(${points}, ${left}), 0) else ${points} end`
}

/** What stretches an area stretches its groups. */
function pointsOfGroup({ column, areaNo }: SharePart, document: RegulationDocument): Fragment {
  const points = sql`coalesce(g.${sql.ref(column)}, 0)`
  if (!stretchedAreas(document).includes(areaNo)) return points
  return sql`case when a.due <> a.given then ${quotient(sql`${points} * a.due`, sql`a.given`)} else ${points} end`
}

/** Points of an area after the cuts; c: its teacher's row of rating_ceiling. */
function cutByArea(parts: readonly SharePart[]): Fragment {
  const areas = [...new Set(parts.map(({ areaNo }) => areaNo))]
  const branches = areas.map((areaNo) => {
    const whole = parts.find((part) => part.areaNo === areaNo && part.groupNo === null)
    const left = sql`w.limited - ${groupCuts(parts, areaNo, sql`c.ceiling`)}`
    const points = whole ? sql`least(${left}, ${decimal(whole.share)} * c.ceiling)` : left
    return sql`when ${sql.lit(areaNo)} then ${points}`
  })
  return sql`case w.area_no ${sql.join(branches, sql` `)} else w.limited end`
}

const areaColumn = (areaNo: number) => sql.ref(`a${areaNo}`)
const changeColumn = (areaNo: number) => sql.ref(`change${areaNo}`)
