/** An exact decimal: units x 10^-scale. */
export interface Exact {
  units: bigint
  scale: number
}

const tens = (digits: number) => 10n ** BigInt(digits)

export function exact(text: string | number): Exact {
  const [whole, decimals = ''] = String(text).split('.')
  return { units: BigInt(`${whole}${decimals}`), scale: decimals.length }
}

export const zero = exact(0)
export const one = exact(1)

/** Both on the larger scale. */
function alike(a: Exact, b: Exact): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale)
  return [a.units * tens(scale - a.scale), b.units * tens(scale - b.scale), scale]
}

export function plus(a: Exact, b: Exact): Exact {
  const [left, right, scale] = alike(a, b)
  return { units: left + right, scale }
}

export const negative = ({ units, scale }: Exact): Exact => ({ units: -units, scale })
export const minus = (a: Exact, b: Exact) => plus(a, negative(b))
export const times = (a: Exact, b: Exact): Exact => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
})

/** Below 0, 0 or above, like a - b. */
export function compare(a: Exact, b: Exact): number {
  const [left, right] = alike(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

export const isZero = ({ units }: Exact) => units === 0n
export const least = (a: Exact, b: Exact) => (compare(a, b) <= 0 ? a : b)
export const greatest = (a: Exact, b: Exact) => (compare(a, b) >= 0 ? a : b)
export const sum = (values: readonly Exact[]) => values.reduce(plus, zero)

/** a / b to so many decimals, halves away from zero; null where b is 0. */
export function divide(a: Exact, b: Exact, decimals: number): Exact | null {
  if (isZero(b)) return null
  const [top, bottom] = fraction(a, b)
  const size = top < 0n ? -top : top
  const rounded = (2n * size * tens(decimals) + bottom) / (2n * bottom)
  return { units: top < 0n ? -rounded : rounded, scale: decimals }
}

/** a / b to so many decimals, the rest cut off towards zero. */
export function cutOff(a: Exact, b: Exact, decimals: number): Exact {
  const [top, bottom] = fraction(a, b)
  return { units: (top * tens(decimals)) / bottom, scale: decimals }
}

/** a / b as a fraction of whole numbers, the lower one above 0. */
function fraction(a: Exact, b: Exact): [bigint, bigint] {
  const [top, bottom] = alike(a, b)
  return bottom < 0n ? [-top, -bottom] : [top, bottom]
}

/** Carried to 12 decimals, as every quotient of the regulations is. */
export const quotient = (a: Exact, b: Exact) => divide(a, b, 12)
/** The same where b is known not to be 0. */
export const part = (a: Exact, b: Exact): Exact => quotient(a, b)!
export const roundTo = (a: Exact, decimals: number): Exact => divide(a, one, decimals)!

/** Without trailing zeros. */
export function show({ units, scale }: Exact): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const decimals = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '')
  const whole = scale === 0 ? digits : digits.slice(0, -scale)
  const text = decimals === '' ? whole : `${whole}.${decimals}`
  return units < 0n ? `-${text}` : text
}

export const toNumber = (a: Exact) => Number(show(a))
