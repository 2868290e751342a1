import { adjusted, unstretched } from './adjust.ts'
import type { Adjustment } from './adjust.ts'
import { middle } from './network.ts'
import type { Window } from './windows.ts'

const range = { least: 0.7, most: 1.6 }

/** How far the intervals of what was held out had to be stretched to hold 80 and 95 % of what came; kept between 0.7 and 1.6. */
export function chooseStretch(
  held: readonly Window[],
  found: readonly Float64Array[][],
  blend: Omit<Adjustment, 'stretch'>,
): Adjustment['stretch'] {
  const ratios = { inner: [] as number[], outer: [] as number[] }
  held.forEach((window, index) => {
    const quantiles = adjusted(found[index]!, window, { ...blend, floor: null, stretch: unstretched })
    window.targets.forEach((target, step) => {
      if (Number.isNaN(target)) return
      const far = (share: number) =>
        Math.abs(quantiles[share]![step]! - quantiles[middle]![step]!) / window.scale
      const off = target - (quantiles[middle]![step]! - window.level) / window.scale
      const [inner, outer] = off > 0 ? [far(5), far(6)] : [far(1), far(0)]
      ratios.inner.push(Math.abs(off) / Math.max(inner, 1e-9))
      ratios.outer.push(Math.abs(off) / Math.max(outer, 1e-9))
    })
  })
  return { inner: shareOf(ratios.inner, 0.8), outer: shareOf(ratios.outer, 0.95) }
}

/** The factor within which that share lies. */
function shareOf(ratios: number[], share: number): number {
  const sorted = ratios.sort((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.ceil(share * (sorted.length + 1)) - 1)
  return Math.max(range.least, Math.min(range.most, sorted[at]!))
}
