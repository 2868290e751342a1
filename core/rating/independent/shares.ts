import { exact, compare, cutOff, minus, one, plus, sum, times, zero } from './exact.ts'
import type { Exact } from './exact.ts'

interface LimitedArea {
  id: string
  after: Exact
  share: string | null
}
interface LimitedGroup {
  area: string
  worth: Exact
  share: string
}

/**
 * The largest T that is the sum of all areas where every limited part is cut to its share of T, cut off at 12 decimals; 0 where there is
 * none above 0. Every set of parts is tried: those in it are cut and the rest are not, which gives one T; it is a solution
 * where at this T just these are too large.
 */
export function shareCeiling(areas: readonly LimitedArea[], groups: readonly LimitedGroup[]): Exact {
  const parts = [...areas.filter(({ share }) => share !== null), ...groups]
  const solutions = subsets(parts).flatMap((cut) => {
    const outer = new Set(cut.flatMap((part) => ('id' in part && 'after' in part ? [part.id] : [])))
    const counted = cut.filter((part) => 'after' in part || !outer.has(part.area))
    const worth = (part: LimitedArea | LimitedGroup) => ('after' in part ? part.after : part.worth)
    const top = minus(sum(areas.map(({ after }) => after)), sum(counted.map(worth)))
    const bottom = minus(one, sum(counted.map(({ share }) => exact(share!))))
    const isAbove = compare(top, zero) > 0 && compare(bottom, zero) > 0
    return isAbove && isSolution(areas, groups, top, bottom) ? [{ top, bottom }] : []
  })
  const highest = solutions.reduce<(typeof solutions)[number] | null>(
    (best, one) =>
      best === null || compare(times(one.top, best.bottom), times(best.top, one.bottom)) > 0 ? one : best,
    null,
  )
  return highest === null ? zero : cutOff(highest.top, highest.bottom, 12)
}

/** Whether the areas, cut at T = top / bottom, add up to T; all multiplied by bottom. */
function isSolution(
  areas: readonly LimitedArea[],
  groups: readonly LimitedGroup[],
  top: Exact,
  bottom: Exact,
): boolean {
  const total = areas.map((area) => {
    const cuts = groups
      .filter((group) => group.area === area.id)
      .map(({ worth, share }) => minus(times(worth, bottom), times(exact(share), top)))
      .filter((over) => compare(over, zero) > 0)
    const left = minus(times(area.after, bottom), sum(cuts))
    if (area.share === null) return left
    const most = times(exact(area.share), top)
    return compare(left, most) > 0 ? most : left
  })
  return compare(total.reduce(plus, zero), top) === 0
}

function subsets<T>(items: readonly T[]): T[][] {
  return items.reduce<T[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])
}
