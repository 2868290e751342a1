import { sql } from 'kysely'
import { decimal } from './value.ts'
import type { Fragment } from './value.ts'

/** A group or area that may be at most `share` of the total. */
export interface SharePart {
  /** Name of the column with what it is worth before the cut. */
  column: string
  areaNo: number
  /** null: the area itself. */
  groupNo: number | null
  share: string
}

/**
 * For each row of `worth` (teacher_id, total, a column for each part) the total T by which parts are cut, as a query with
 * all its columns and `ceiling`: the largest T with T = sum of all areas after every part is cut to share x T; a group
 * is cut within its area.
 *
 * That sum is a concave function of T made of straight pieces, and never above `total`. From T = total on, the parts that
 * are too large at T are cut and T = rest / (1 - sum of their shares) is the next, smaller one: at most one step a part
 * leads to the largest solution (Newton's method, exact here because the pieces are straight). T stays a fraction of
 * two exact numbers until the end and is then cut off (not rounded) at 12 decimals: below the solution the sum is not less
 * than T, so no part is more than its share of the sum, to the last digit. Nothing is left of the parts where the
 * rest is 0 or below.
 */
export function compileCeiling(parts: readonly SharePart[], worth: Fragment): Fragment {
  let query = sql`select w.*, greatest(w.total, 0) as rest, 1::numeric as divisor from (${worth}) w`
  for (let step = 0; step < stepsOf(parts); step++) query = nearer(parts, query)
  const at = sql`div(x.rest * 1000000000000, x.divisor) * 0.000000000001`
  return sql`select y.*, case when ${sumAt(parts, sql`y.limit_12`)} < y.limit_12 then 0 else y.limit_12 end as ceiling
    from (select x.*, ${at} as limit_12 from (${query}) x offset 0) y`
}

/** One for each part, and one more for an area around limited groups: negative points in it can undo its cut once. */
function stepsOf(parts: readonly SharePart[]): number {
  const areas = parts.filter(({ groupNo }) => groupNo === null)
  const around = areas.filter(({ areaNo }) =>
    parts.some((part) => part.groupNo !== null && part.areaNo === areaNo),
  )
  return parts.length + around.length
}

/** One step: T = rest / divisor becomes the T at which the parts that are too large at it are cut. */
function nearer(parts: readonly SharePart[], query: Fragment): Fragment {
  const areas = parts.filter(({ groupNo }) => groupNo === null)
  const groups = parts.filter(({ groupNo }) => groupNo !== null)
  const cut = (part: SharePart) => sql.ref(`${part.column}_cut`)
  const inArea = (area: SharePart) => groups.filter(({ areaNo }) => areaNo === area.areaNo)
  const groupFlags = groups.map(
    (group) =>
      sql`, x.${sql.ref(group.column)} * x.divisor > ${decimal(group.share)} * x.rest as ${cut(group)}`,
  )
  const areaFlags = areas.map((area) => {
    const inner = inArea(area).map(
      (group) =>
        sql` - greatest(x.${sql.ref(group.column)} * x.divisor - ${decimal(group.share)} * x.rest, 0)`,
    )
    return sql`, x.${sql.ref(area.column)} * x.divisor ${sql.join(inner, sql``)} > ${decimal(area.share)} * x.rest as ${cut(area)}`
  })
  const counts = (part: SharePart): Fragment => {
    const around = areas.find((area) => part.groupNo !== null && area.areaNo === part.areaNo)
    return around ? sql`(${cut(part)} and not ${cut(around)})` : cut(part)
  }
  const rest = parts.map((part) => sql` - case when ${counts(part)} then ${sql.ref(part.column)} else 0 end`)
  const divisor = parts.map(
    (part) => sql` - case when ${counts(part)} then ${decimal(part.share)} else 0 end`,
  )
  const names = parts.map(({ column }) => sql`, ${sql.ref(column)}`)
  return sql`select teacher_id, total ${sql.join(names, sql``)}, greatest(left_over, 0) as rest,
      case when left_over > 0 then left_divisor else 1 end as divisor
    from (select x.*, x.total ${sql.join(rest, sql``)} as left_over, 1 ${sql.join(divisor, sql``)} as left_divisor
      from (select x.* ${sql.join([...groupFlags, ...areaFlags], sql``)} from (${query}) x offset 0) x offset 0) x`
}

/** The sum of all areas where every part is cut to its share of `total`. */
function sumAt(parts: readonly SharePart[], total: Fragment): Fragment {
  const areas = [...new Set(parts.map(({ areaNo }) => areaNo))]
  return sql`total - (${sql.join(
    areas.map((areaNo) => areaCut(parts, areaNo, total)),
    sql` + `,
  )})`
}

/** What an area loses, its groups' cuts included, where parts are cut to their share of `total`. */
function areaCut(parts: readonly SharePart[], areaNo: number, total: Fragment): Fragment {
  const whole = parts.find((part) => part.areaNo === areaNo && part.groupNo === null)
  const groups = groupCuts(parts, areaNo, total)
  if (!whole) return groups
  return sql`greatest(${sql.ref(whole.column)} - ${decimal(whole.share)} * ${total}, ${groups})`
}

/** What the limited groups of an area lose. */
export function groupCuts(parts: readonly SharePart[], areaNo: number, total: Fragment): Fragment {
  const groups = parts.filter((part) => part.groupNo !== null && part.areaNo === areaNo)
  if (groups.length === 0) return sql`0`
  const cuts = groups.map((group) => partCut(group, total))
  return sql`(${sql.join(cuts, sql` + `)})`
}

/** What one group loses. */
export function partCut({ column, share }: SharePart, total: Fragment): Fragment {
  return sql`greatest(${sql.ref(column)} - ${decimal(share)} * ${total}, 0)`
}
