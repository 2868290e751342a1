/** What the future was, and what had been said of it. Quantiles null: only the point was forecast. */
export interface Judged {
  past: Float64Array
  /** NaN: not known, and not judged; at least one is known. */
  future: Float64Array
  mean: Float64Array
  /** Bounds of the central 80 and 95 % intervals at each step. */
  bounds: {
    lower80: Float64Array
    upper80: Float64Array
    lower95: Float64Array
    upper95: Float64Array
  } | null
}

/** Means over series, as the M competitions report them; shares of 1 for coverage, null: no intervals; mase null too: no series ever moved. */
export interface Accuracy {
  series: number
  smape: number
  mase: number | null
  cov80: number | null
  cov95: number | null
  msis95: number | null
}

/**
 * sMAPE in percent (Makridakis and Hibon 2000), MASE by the mean absolute step of the past (Hyndman and Koehler 2006; series that never
 * moved are left out of it), coverage, and the mean scaled interval score at 95 % (Gneiting and Raftery 2007, scaled as in M4).
 */
export function accuracyOf(judged: readonly Judged[]): Accuracy {
  const bounded = judged.filter(({ bounds }) => bounds !== null)
  const share = (level: 80 | 95) =>
    bounded.length === 0 ? null : meanOf(bounded.map((one) => coverage(one, level)))
  const scores = bounded.map(intervalScore).filter(Number.isFinite)
  const scaled = judged.map(mase).filter(Number.isFinite)
  return {
    series: judged.length,
    smape: meanOf(judged.map(smape)),
    mase: scaled.length === 0 ? null : meanOf(scaled),
    cov80: share(80),
    cov95: share(95),
    msis95: scores.length === 0 ? null : meanOf(scores),
  }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const eachStep = ({ future }: Judged, at: (step: number) => number) =>
  meanOf(Array.from(future.keys(), (step) => (Number.isNaN(future[step]!) ? [] : [at(step)])).flat())

export function smape(one: Judged): number {
  return eachStep(one, (step) => {
    const size = Math.abs(one.future[step]!) + Math.abs(one.mean[step]!)
    return size === 0 ? 0 : (200 * Math.abs(one.future[step]! - one.mean[step]!)) / size
  })
}

/** Mean absolute step of the past; 0: it never moved, NaN: it is a single value. */
export function stepScale(past: Float64Array): number {
  return meanOf(Array.from(past.slice(1), (value, index) => Math.abs(value - past[index]!)))
}

export function mase(one: Judged): number {
  return eachStep(one, (step) => Math.abs(one.future[step]! - one.mean[step]!)) / stepScale(one.past)
}

function coverage(one: Judged, level: 80 | 95): number {
  const [lower, upper] = boundsAt(one, level)
  return eachStep(one, (step) =>
    Number(one.future[step]! >= lower[step]! && one.future[step]! <= upper[step]!),
  )
}

function intervalScore(one: Judged): number {
  const [lower, upper] = boundsAt(one, 95)
  const score = eachStep(one, (step) => {
    const value = one.future[step]!
    const below = Math.max(lower[step]! - value, 0)
    const above = Math.max(value - upper[step]!, 0)
    return upper[step]! - lower[step]! + (2 / 0.05) * (below + above)
  })
  return score / stepScale(one.past)
}

function boundsAt({ bounds }: Judged, level: 80 | 95): [Float64Array, Float64Array] {
  if (!bounds) throw new Error('the forecast has no intervals')
  return level === 80 ? [bounds.lower80, bounds.upper80] : [bounds.lower95, bounds.upper95]
}
