/** An exact decimal: value = units / 10^scale. */
export interface Decimal {
  units: bigint
  scale: number
}

/** Reads "-61.875". Throws on anything else: exact figures come from the server in this form only. */
export function parseDecimal(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) throw new RangeError(`not a decimal number: ${text}`)
  const [, sign = '', whole = '0', fraction = ''] = match
  const units = BigInt(whole + fraction)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

/** The exact sum; "0" for none. Zeros at the end are kept only as far as an addend has them. */
export function sumDecimals(texts: readonly string[]): string {
  const sum = texts.map(parseDecimal).reduce(add, { units: 0n, scale: 0 })
  return decimalText(sum)
}

/** Negative, zero or positive, like a sort function. */
export function compareDecimals(a: string, b: string): number {
  const difference = add(parseDecimal(a), negate(parseDecimal(b))).units
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/** Rounded to so many digits after the point; halves go away from zero, as the regulation's one rule says. */
export function roundDecimal(text: string, digits: number): string {
  const { units, scale } = parseDecimal(text)
  if (scale <= digits) return decimalText({ units: units * 10n ** BigInt(digits - scale), scale: digits })
  const divisor = 10n ** BigInt(scale - digits)
  const size = units < 0n ? -units : units
  const rounded = (size + divisor / 2n) / divisor
  return decimalText({ units: units < 0n ? -rounded : rounded, scale: digits })
}

/** Without zeros at the end: "12.500" is "12.5", "3.0" is "3". */
export function trimDecimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** The same number with the other sign. */
export function negateDecimal(text: string): string {
  return decimalText(negate(parseDecimal(text)))
}

export function isNegative(text: string): boolean {
  return parseDecimal(text).units < 0n
}

function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  const at = (value: Decimal) => value.units * 10n ** BigInt(scale - value.scale)
  return { units: at(a) + at(b), scale }
}

function negate({ units, scale }: Decimal): Decimal {
  return { units: -units, scale }
}

function decimalText({ units, scale }: Decimal): string {
  const size = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const text = scale === 0 ? size : `${size.slice(0, -scale)}.${size.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}
