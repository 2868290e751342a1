/** A forecast of the total, step by step, and its parts by id: points now and what is expected of them. */
export interface Supposable {
  total: { mean: readonly number[] } & Bounds
  parts: readonly { id: string; last: number; expected: readonly number[] }[]
}
export interface Bounds {
  lower80: readonly number[]
  upper80: readonly number[]
  lower95: readonly number[]
  upper95: readonly number[]
}
export interface Supposed {
  mean: number[]
  lower80: number[]
  upper80: number[]
  lower95: number[]
  upper95: number[]
}

const reach = { inner: 1.2815515655446004, outer: 1.959963984540054 }

/**
 * What the total would be if parts grew by so many percent a period from what they are now, the others going as expected. No past stands
 * behind a supposition, so it is taken to be as unsure as it departs from what was expected: the distance counts as a standard deviation of
 * its own beside those of the forecast, independent of them. Suppose what is expected, and the interval is that of the forecast.
 */
export function supposeGrowth({ total, parts }: Supposable, growth: ReadonlyMap<string, number>): Supposed {
  const shifts = parts.flatMap(({ id, last, expected }) => {
    const percent = growth.get(id)
    if (percent === undefined) return []
    return [expected.map((value, step) => last * (1 + percent / 100) ** (step + 1) - value)]
  })
  const shift = (step: number) => shifts.reduce((sum, one) => sum + one[step]!, 0)
  const unsure = (step: number) => Math.hypot(...shifts.map((one) => one[step]!))
  const mean = total.mean.map((value, step) => value + shift(step))
  const bound = (side: -1 | 1, from: readonly number[], factor: number) =>
    mean.map((value, step) => {
      const known = from[step]! - total.mean[step]!
      return value + side * Math.hypot(known, factor * unsure(step))
    })
  return {
    mean,
    lower80: bound(-1, total.lower80, reach.inner),
    upper80: bound(1, total.upper80, reach.inner),
    lower95: bound(-1, total.lower95, reach.outer),
    upper95: bound(1, total.upper95, reach.outer),
  }
}
