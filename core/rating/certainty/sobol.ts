/** An estimate with its standard error. */
export interface Estimate {
  value: number
  error: number
}
export interface Influence {
  /** Share of the variance that the input explains alone. */
  first: Estimate
  /** Share that is left where everything else is known: alone and together with others. */
  total: Estimate
}

/**
 * Variance-based sensitivity of one input (Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola 2010, Computer Physics
 * Communications 181(2), table 2): first order by equation (b), S = mean(fB (fAB - fA)) / V, with results taken from their mean;
 * total order by equation (f), Jansen's, T = mean((fA - fAB)^2) / 2V. V: variance of the results of A and B together.
 * `a`, `b`: results of two independent samples; `ab`: of A with this input from B. null: nothing varies, or fewer than two rows.
 */
export function sobolIndices(a: Float64Array, b: Float64Array, ab: Float64Array): Influence | null {
  const both = Float64Array.of(...a, ...b)
  const mean = average(both)
  const variance = average(both.map((value) => (value - mean) ** 2))
  if (a.length < 2 || !(variance > 0)) return null
  return {
    first: estimate(a.map((value, row) => ((b[row]! - mean) * (ab[row]! - value)) / variance)),
    total: estimate(a.map((value, row) => (value - ab[row]!) ** 2 / (2 * variance))),
  }
}

const average = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length

function estimate(terms: Float64Array): Estimate {
  const value = average(terms)
  const spread = terms.reduce((sum, term) => sum + (term - value) ** 2, 0) / (terms.length - 1)
  return { value, error: Math.sqrt(spread / terms.length) }
}
