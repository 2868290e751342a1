/**
 * A whole number by which totals are compared: equal at 9 decimals means a shared place, as core/rating/write/write-teachers.ts
 * rounds exact totals (halves away from zero). A float that carries an exact half may lie a hair below it: a hundredth of a
 * unit (1e-11) is granted, so that equal sums of other summands never differ. For totals up to 9,000,000.
 */
export function placeKey(total: number): number {
  return Math.sign(total) * Math.floor(Math.abs(total) * 1e9 + 0.51) + 0
}
