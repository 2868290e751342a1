import { compareDecimals, parseDecimal, trimDecimal } from './decimal.ts'

/** A percentage as typed ("33,5") as the exact share "0.335"; null: nothing, or nothing above 0 and up to 100. */
export function shareOfPercent(typed: string): string | null {
  const text = typed.replace(/[\s%\u00a0]/g, '').replace(',', '.')
  if (!/^\d{1,3}(\.\d{1,10})?$/.test(text)) return null
  if (compareDecimals(text, '0') <= 0 || compareDecimals(text, '100') > 0) return null
  return shifted(text, 2)
}

/** The share "0.335" as the percentage "33.5"; empty: none agreed. */
export function percentOfShare(share: string | null): string {
  return share === null ? '' : shifted(share, -2)
}

/** Moves the decimal point to the left, exactly. */
function shifted(text: string, places: number): string {
  const { units, scale } = parseDecimal(text)
  const at = scale + places
  const digits = (at < 0 ? units * 10n ** BigInt(-at) : units).toString().padStart(at + 1, '0')
  return at <= 0 ? digits : trimDecimal(`${digits.slice(0, -at)}.${digits.slice(-at)}`)
}
