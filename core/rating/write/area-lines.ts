import { sql } from 'kysely'
import { columnBeforeLimits } from '../compile/area-steps.ts'
import { groupCuts, partCut } from '../compile/ceiling.ts'
import { hasLimits } from '../compile/limits.ts'
import { sharesOf } from '../score/cut-shares.ts'
import { numberGroups } from '../score/sum-groups.ts'
import { weighedAreas } from './source.ts'
import type { Source } from './source.ts'
import type { Query } from '../query.ts'

/** Lines of groups and whole areas, in the columns of the lines of facts. Their kinds are numbered from 100. */
export function areaLines(source: Source): Query[] {
  return [
    ...groupLimits(source),
    ...stretchLines(source),
    ...rollUpLines(source),
    ...areaLimits(source),
    ...shareCuts(source),
    ...scaleLine(source),
    weightLine(source),
  ]
}

function groupLimits({ document }: Source): Query[] {
  const groups = numberGroups(document).filter(({ group }) => hasLimits(group))
  if (groups.length === 0) return []
  const rows = groups.map(({ no, group }) => sql`(${no}::smallint, ${group.id})`)
  const areas = document.areas.map(({ id }, index) => sql`(${index + 1}::smallint, ${id})`)
  return [
    sql`select r.teacher_id, r.area_no, 20000 + r.group_no, null, 100, case when r.points < r.raw then 'cap' else 'floor' end,
        a.id, g.id, r.points - r.raw
      from rating_group r
      join (values ${sql.join(rows)}) g (no, id) on g.no = r.group_no
      join (values ${sql.join(areas)}) a (no, id) on a.no = r.area_no
      where r.points <> r.raw`,
  ]
}

/** What absent days that are made up for add to an area. */
function stretchLines({ document: { extrapolation } }: Source): Query[] {
  if (!extrapolation) return []
  return [
    sql`select r.teacher_id, r.area_no, null, null, 110, 'extrapolation', r.area, ${extrapolation.id}, r.stretched - r.raw
      from rating_area r where r.stretched <> r.raw`,
  ]
}

/** What the staff's points give to their leader. */
function rollUpLines({ document: { areas, rollUps } }: Source): Query[] {
  return rollUps.map(
    ({ id, area }, index) => sql`
      select r.teacher_id, ${sql.lit(areas.findIndex((other) => other.id === area) + 1)}::smallint, null, null, 120, 'roll-up', ${area}, ${id}, r.amount
      from rating_roll_up r where r.roll_no = ${sql.lit(index + 1)} and r.amount <> 0`,
  )
}

function areaLimits({ document }: Source): Query[] {
  if (!document.areas.some(hasLimits)) return []
  const after = sharesOf(document).length > 0 ? sql`r.limited` : sql`r.points`
  const before = sql`r.${sql.ref(columnBeforeLimits(document))}`
  return [
    sql`select r.teacher_id, r.area_no, null, null, 130, case when ${after} < ${before} then 'cap' else 'floor' end, r.area, r.area,
        ${after} - ${before}
      from rating_area r where ${after} <> ${before}`,
  ]
}

/** What shares of the total cut: of a group by its own clause, of an area what is cut beyond that. */
function shareCuts({ document }: Source): Query[] {
  const parts = sharesOf(document)
  return parts.map((part) => {
    const area = sql`${document.areas[part.areaNo - 1]!.id}`
    if (part.groupNo === null) {
      const cut = sql`(r.limited - ${groupCuts(parts, part.areaNo, sql`c.ceiling`)} - r.points)`
      return sql`select r.teacher_id, r.area_no, null, null, 150, 'share', ${area}, ${area}, -${cut}
        from rating_area r join rating_ceiling c on c.teacher_id = r.teacher_id
        where r.area_no = ${sql.lit(part.areaNo)} and ${cut} > 0`
    }
    const cut = partCut(part, sql`c.ceiling`)
    const clause = document.groups[part.groupNo - 1]!.id
    return sql`select c.teacher_id, ${sql.lit(part.areaNo)}::smallint, null, null, 140, 'share', ${area}, ${clause}, -${cut}
      from rating_ceiling c where ${cut} > 0`
  })
}

/** What a scale makes of the points of an area; without a value on it nothing is left of them. */
function scaleLine({ isNormalised }: Source): Query[] {
  if (!isNormalised) return []
  return [
    sql`select r.teacher_id, r.area_no, null, null, 160, 'normalise', r.area, r.area, coalesce(r.value, 0) - r.points
      from rating_value r where r.value is distinct from r.points and (r.value is not null or r.points <> 0)`,
  ]
}

function weightLine(source: Source): Query {
  return sql`select r.teacher_id, r.area_no, null, null, 170, 'weight', r.area, ${source.document.weighting.id},
      r.value * r.weight - r.value
    from ${weighedAreas(source)} where r.weight <> 1 and r.value <> 0`
}
