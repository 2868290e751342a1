/** Weights closer than this share a rank. */
const tie = 1e-9

/**
 * Kendall's coefficient of concordance W (Kendall & Babington Smith 1939), corrected for ties (Kendall 1970):
 * W = 12 S / (m^2 (n^3 - n) - m T), 0 (no agreement on the order) .. 1 (the same order). Takes for each of m experts the weights
 * of n areas. null for one expert, one area, or when every expert ranks all areas alike.
 */
export function kendallW(weightsByExpert: readonly (readonly number[])[]): number | null {
  const m = weightsByExpert.length
  const n = weightsByExpert[0]?.length ?? 0
  const ranks = weightsByExpert.map(midRanks)
  const sums = Array.from({ length: n }, (_, area) => ranks.reduce((sum, own) => sum + own[area]!, 0))
  const middle = (m * (n + 1)) / 2
  const spread = sums.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  const greatest = m * m * (n ** 3 - n) - m * weightsByExpert.reduce((sum, own) => sum + tieTerm(own), 0)
  return m < 2 || n < 2 || greatest <= 0 ? null : (12 * spread) / greatest
}

const alike = (a: number, b: number) => Math.abs(a - b) <= tie

/** Rank 1 for the greatest; equal ones get the mean of their ranks. */
function midRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const above = values.filter((other) => other > value && !alike(other, value)).length
    return above + (values.filter((other) => alike(other, value)).length + 1) / 2
  })
}

/** Sum of t^3 - t over the groups of t equals: each of a group's t members adds t^2 - 1. */
function tieTerm(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + values.filter((other) => alike(other, value)).length ** 2 - 1, 0)
}

export const agreements = ['slight', 'fair', 'moderate', 'substantial', 'almost-perfect'] as const

/**
 * W in words: the fifths that Landis & Koch (1977, Biometrics 33) drew for agreement between observers, as the R package effectsize
 * reads W; a bound belongs to the upper word.
 */
export function agreementOf(w: number): (typeof agreements)[number] {
  return agreements[Math.min(4, Math.floor(w * 5 + 1e-9))]!
}
