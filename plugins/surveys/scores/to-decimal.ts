/** Decimals of a score in a fact; a measured quantity is not known more exactly. */
const decimals = 6

/**
 * The one place where scores, which are measured and estimated in floating point, become decimal strings: from here on, points are exact.
 * Null stays null.
 */
export function toDecimal(value: number | null): string | null {
  if (value === null) return null
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? (0).toFixed(decimals) : text
}
