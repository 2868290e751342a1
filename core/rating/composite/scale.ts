import type { AreaNormalisation } from '../../contract/regulation/composite.ts'
import { countBelow, deviation, distances, mean, median, percentile } from './statistics.ts'

/**
 * How the values of one area become scale values in one group: drawn in to `lower`..`upper` (null: not), logarithm if
 * asked for, then (value - centre) / spread; for `rank` by the sorted values instead.
 * A spread of null: the method has no answer in this group, values other than `centre` become unknown.
 */
export interface Scale {
  /** Number of known values it was made from. */
  known: number
  lower: number | null
  upper: number | null
  centre: number
  spread: number | null
  /** Added after the division: the middle of the scale for a constant area, else 0. */
  base: number
  /** constant: all values alike; mean-deviation: robust-z without a MAD; null: as the method says. */
  fallback: 'constant' | 'mean-deviation' | null
  /** Sorted values, for `rank` only. */
  ranked: Float64Array | null
}

export type Log = AreaNormalisation['log']
export function takeLog(value: number, log: Log): number {
  if (log === null) return value
  const result = log === 'ln' ? Math.log(value) : Math.log1p(value)
  return Number.isFinite(result) ? result : Number.NaN
}

/** Percentile limits of the values as they are; both null without winsorising. `sorted`: at least one value. */
export function winsorLimits(
  sorted: Float64Array,
  { winsorise }: AreaNormalisation,
): Pick<Scale, 'lower' | 'upper'> {
  if (winsorise === null) return { lower: null, upper: null }
  return {
    lower: percentile(sorted, Number(winsorise.lower)),
    upper: percentile(sorted, Number(winsorise.upper)),
  }
}

type Fit = Pick<Scale, 'centre' | 'spread' | 'base' | 'fallback'>

const affine = (centre: number, spread: number | null, fallback: Scale['fallback'] = null): Fit => ({
  centre,
  spread,
  base: 0,
  fallback,
})
/** Where nobody differs an area says nothing: everybody stands in the middle of the scale. */
const constant = (centre: number, base: number): Fit => ({ centre, spread: null, base, fallback: 'constant' })

/** The scale of values after winsorising and logarithm; `sorted`: at least one value. Formulas: README.md. */
export function fitScale(sorted: Float64Array, rule: AreaNormalisation): Fit {
  const least = sorted[0]!
  const greatest = sorted[sorted.length - 1]!
  switch (rule.method) {
    case 'none':
      return affine(0, 1)
    case 'rank':
      return affine(0, 1, least === greatest ? 'constant' : null)
    case 'min-max':
      return least === greatest ? constant(least, 0.5) : affine(least, greatest - least)
    case 'z':
      return least === greatest ? constant(least, 0) : affine(mean(sorted), deviation(sorted))
    case 'robust-z':
      return least === greatest ? constant(least, 0) : robust(sorted)
    case 'goalposts': {
      const [low, high] = [takeLog(Number(rule.low), rule.log), takeLog(Number(rule.high), rule.log)]
      return affine(low, high - low)
    }
    case 'share-of-maximum':
      return affine(0, greatest > 0 ? greatest : null)
    case 'median-ratio': {
      const middle = median(sorted)
      return affine(0, middle > 0 ? middle : null)
    }
  }
}

/**
 * (value - median) / (1.4826 x MAD). Where more than half of the values are alike the MAD is 0: the mean distance from the
 * median x 1.2533 stands for it (Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers, ch. 3).
 */
function robust(sorted: Float64Array): Fit {
  const middle = median(sorted)
  const away = distances(sorted, middle)
  const mad = median(away)
  if (mad > 0) return affine(middle, mad * 1.482602218505602)
  return affine(middle, mean(away) * Math.sqrt(Math.PI / 2), 'mean-deviation')
}

/** A value (after winsorising and logarithm) on the scale; NaN: it has none. */
export function onScale(value: number, scale: Scale): number {
  if (Number.isNaN(value)) return Number.NaN
  if (scale.ranked) {
    const below = countBelow(scale.ranked, value)
    return (below + (countBelow(scale.ranked, value, true) - below) / 2) / scale.ranked.length
  }
  if (scale.spread !== null) return (value - scale.centre) / scale.spread
  return value === scale.centre ? scale.base : Number.NaN
}
