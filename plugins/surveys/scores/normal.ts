/** How many standard errors lie on either side of the middle of a normal distribution, by percent that lie between. */
export const normalReach = { 90: 1.6448536269514722, 95: 1.959963984540054 } as const

export type Confidence = keyof typeof normalReach

/** Probability that a standard normal variable is above `value`; off by less than 8e-8 (Abramowitz and Stegun 1964, 26.2.17). */
export function normalAbove(value: number): number {
  if (value < 0) return 1 - normalAbove(-value)
  const t = 1 / (1 + 0.2316419 * value)
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI)) * polynomial
}
