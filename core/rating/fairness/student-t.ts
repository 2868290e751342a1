/** Upper quantile of the standard normal distribution for a two-sided 95 % interval. */
export const normalQuantile = 1.959963984540054

/**
 * Quantile of Student's t for a two-sided 95 % interval, by the expansion of Cornish and Fisher in 1/degrees (Abramowitz and Stegun
 * 1964, 26.7.5); exact for 1 and 2 degrees of freedom. Within 0.3 % of the tables from 3 degrees on.
 */
export function studentQuantile(degrees: number): number {
  if (degrees <= 1) return 12.706204736432095
  if (degrees <= 2) return 4.302652729696142
  const x = normalQuantile
  const g1 = (x ** 3 + x) / 4
  const g2 = (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96
  const g3 = (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384
  const g4 = (79 * x ** 9 + 776 * x ** 7 + 1482 * x ** 5 - 1920 * x ** 3 - 945 * x) / 92160
  return x + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3 + g4 / degrees ** 4
}
