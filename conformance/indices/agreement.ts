/** One number found, beside the one expected; `what` names it. */
export interface Comparison {
  what: string
  found: number
  expected: number
}

/** A whole number such as a ratio of 0 is taken to be printed to two decimals. */
const fewest = 2

/** Full precision: what is printed with more digits than this was computed, not published. */
const finest = 1e-9

/**
 * What disagrees, in words; empty: nothing does. Numbers of one list are printed to the same number of decimals (trailing zeros are
 * lost in JSON), so they agree when they differ by less than one unit of the last decimal that any of them has.
 */
export function disagreements(comparisons: readonly Comparison[]): string[] {
  const decimals = Math.max(fewest, ...comparisons.map(({ expected }) => decimalsOf(expected)))
  const unit = Math.max(finest, 10 ** -decimals)
  return comparisons
    .filter(({ found, expected }) => !(Math.abs(found - expected) < unit))
    .map(
      ({ what, found, expected }) => `${what} ${Number(found.toFixed(decimals + 2))}, expected ${expected}`,
    )
}

function decimalsOf(value: number): number {
  const [, digits = '', exponent = '0'] = /(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(value)) ?? []
  return Math.min(9, Math.max(0, digits.length - Number(exponent)))
}
