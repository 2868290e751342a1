/** A part of a whole: what it is now, what is expected of it alone step by step, and how unsure that is. */
export interface Part {
  last: number
  expected: readonly number[]
  /** Standard deviations; 0: sure. */
  deviation: readonly number[]
}

/**
 * Changes of the parts since now, [part][step], that add up to the change of the whole. The whole's forecast stands; the gap between it and
 * the parts goes to each part by the variance of its own forecast, which changes them least in the sense of weighted least squares (Hollyman,
 * Petropoulos and Tipping, Understanding forecast reconciliation, European Journal of Operational Research 294, 2021, 149-160, level
 * conditional reconciliation). Parts that are all sure share it equally.
 */
export function reconcile(parts: readonly Part[], change: readonly number[]): number[][] {
  const found = parts.map(({ last, expected }) => expected.map((value) => value - last))
  change.forEach((whole, step) => {
    const gap = whole - found.reduce((sum, part) => sum + part[step]!, 0)
    const variances = parts.map(({ deviation }) => deviation[step]! ** 2)
    const together = variances.reduce((sum, one) => sum + one, 0)
    found.forEach((part, index) => {
      part[step]! += gap * (together > 0 ? variances[index]! / together : 1 / parts.length)
    })
  })
  return found
}
