import { poolMethods } from '../methods/pool.ts'
import type { PoolMethod } from '../methods/pool.ts'
import { meanOfMethods } from './adjust.ts'
import type { Adjustment } from './adjust.ts'
import { middle } from './network.ts'
import type { Window } from './windows.ts'

type Blend = Pick<Adjustment, 'mix' | 'methods'>

const companions = 3
const mixes = [1, 0.75, 0.5, 0.25, 0]

/**
 * How much of the networks is taken, and which classical methods beside them: the three that missed least, and of a few shares the one that
 * missed least with them, on series that the networks never saw. Nothing breaks ties and nothing is preferred: of several such rules (least
 * error; least within one standard error; halfway to equal parts) this one missed least on the last values of training parts
 * (bench/README.md). Errors are those of origins after which the whole horizon is known, as it will be asked for.
 */
export function chooseBlend(
  held: readonly Window[],
  found: readonly Float64Array[][],
  horizon: number,
): Blend {
  const judged = Array.from(held.keys()).filter((index) => !held[index]!.targets.some(Number.isNaN))
  const missOf = missesOf(held, judged)
  const networks = (index: number) => {
    const { level, scale } = held[index]!
    return found[index]![middle]!.map((value) => (value - level) / scale)
  }
  const unit = missOf(networks)
  const score = (point: (index: number) => Float64Array) => {
    const miss = missOf(point)
    return ratio(miss.scaled, unit.scaled) + ratio(miss.relative, unit.relative)
  }
  const methods = poolMethods
    .map((method) => ({ method, miss: score((index) => meanOfMethods(held[index]!, [method], horizon)) }))
    .toSorted((one, other) => one.miss - other.miss)
    .slice(0, companions)
    .map(({ method }): PoolMethod => method)
  const scores = mixes.map((mix) =>
    score((index) => {
      const other = meanOfMethods(held[index]!, methods, horizon)
      return networks(index).map((value, step) => mix * value + (1 - mix) * other[step]!)
    }),
  )
  return { mix: mixes[scores.indexOf(Math.min(...scores))]!, methods }
}

const ratio = (part: number, whole: number) => (whole === 0 ? Number(part > 0) : part / whole)

interface Miss {
  /** In units of the series' scale. */
  scaled: number
  /** Over the sizes of value and forecast together. */
  relative: number
}

/** Means over series of the means over their origins. */
function missesOf(held: readonly Window[], judged: readonly number[]) {
  const origins = new Map<number, number>()
  for (const index of judged) origins.set(held[index]!.series, (origins.get(held[index]!.series) ?? 0) + 1)
  return (point: (index: number) => Float64Array): Miss => {
    const sum = { scaled: 0, relative: 0 }
    for (const index of judged) {
      const weight = 1 / origins.get(held[index]!.series)! / origins.size
      const { scaled, relative } = missAt(held[index]!, point(index))
      sum.scaled += weight * scaled
      sum.relative += weight * relative
    }
    return sum
  }
}

function missAt({ targets, level, scale }: Window, point: Float64Array): Miss {
  const sum = { scaled: 0, relative: 0 }
  let count = 0
  targets.forEach((target, step) => {
    if (Number.isNaN(target)) return
    const off = Math.abs(point[step]! - target)
    const size = Math.abs(level + scale * target) + Math.abs(level + scale * point[step]!)
    sum.scaled += off
    sum.relative += size === 0 ? 0 : (scale * off) / size
    count++
  })
  return count === 0 ? sum : { scaled: sum.scaled / count, relative: sum.relative / count }
}
