import { middle } from './network.ts'
import type { Window } from './windows.ts'

/** Outcomes of a step from which on networks have learned how far off it is. */
const enough = 100
const growths = { least: 0.5, most: 1, usual: 0.75 }

/** Steps, from the first, after which enough outcomes are known to learn from; at least 1. Short series tell nothing of the late ones. */
export function learnedSteps(windows: readonly Window[], horizon: number): number {
  const known = (step: number) => windows.filter(({ targets }) => !Number.isNaN(targets[step]!)).length
  let steps = 1
  while (steps < horizon && known(steps) >= enough) steps++
  return steps
}

/**
 * Distances to the quantiles of steps that nothing was learned of go on growing as those of the learned steps do, by a power of the step: the
 * root, as those of a walk, at the slowest, in proportion at the fastest. The points stay: the weights of the methods hold for all steps.
 */
export function extended(
  found: readonly Float64Array[][],
  windows: readonly Window[],
  steps: number,
): Float64Array[][] {
  const [first] = found
  if (!first || first[middle]!.length <= steps) return [...found]
  const widthAt = (step: number) =>
    found.reduce(
      (sum, quantiles, index) => sum + (quantiles[5]![step]! - quantiles[1]![step]!) / windows[index]!.scale,
      0,
    )
  const learned = Math.log(widthAt(steps - 1) / widthAt(0)) / Math.log(steps)
  const power = steps > 1 ? Math.max(growths.least, Math.min(growths.most, learned)) : growths.usual
  return found.map((quantiles) =>
    quantiles.map((values) =>
      values.map((value, step) => {
        if (step < steps) return value
        const far = values[steps - 1]! - quantiles[middle]![steps - 1]!
        return quantiles[middle]![step]! + far * ((step + 1) / steps) ** power
      }),
    ),
  )
}
