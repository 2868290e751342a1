import type { Expression } from '../document/formula/expression.ts'

/** For tests: formulas worked out anew in exact fractions, apart from the engine. */
export interface Fraction {
  top: bigint
  /** Above 0. */
  bottom: bigint
}
export type Known = Fraction | string | boolean
type ValuesByName = Record<string, number | string | boolean | null>

/** null: unknown. */
export function evaluate(part: Expression, values: ValuesByName): Known | null {
  switch (part.kind) {
    case 'number':
      return fractionOf(part.text)
    case 'text':
      return part.text
    case 'value': {
      const value = values[part.name] ?? null
      return typeof value === 'number' ? fractionOf(String(value)) : value
    }
    case 'unary': {
      const of = evaluate(part.of, values)
      if (of === null) return null
      return part.operator === '-' ? minus(of as Fraction) : !(of as boolean)
    }
    case 'binary':
      return binary(part.operator, evaluate(part.left, values), evaluate(part.right, values))
    case 'call':
      return call(part, values)
  }
}

function call(part: Extract<Expression, { kind: 'call' }>, values: ValuesByName): Known | null {
  if (part.name === 'if') {
    const condition = evaluate(part.args[0]!, values)
    return condition === null ? null : evaluate(part.args[condition === true ? 1 : 2]!, values)
  }
  const args = part.args.map((argument) => evaluate(argument, values) as Fraction | null)
  const known = args.filter((argument) => argument !== null)
  if (known.length < args.length) return null
  const [first] = known as [Fraction]
  const chosen = (sign: bigint) => known.reduce((a, b) => (compare(a, b) * sign <= 0n ? a : b))
  const step: Partial<Record<string, () => Fraction>> = {
    min: () => chosen(1n),
    max: () => chosen(-1n),
    floor: () => whole(floorOf(first)),
    ceil: () => whole(-floorOf(minus(first))),
    round: () => roundTo(first, 0),
    abs: () => (first.top < 0n ? minus(first) : first),
  }
  return step[part.name]!()
}

function binary(operator: string, a: Known | null, b: Known | null): Known | null {
  if (operator === 'and') return a === false || b === false ? false : a === null || b === null ? null : true
  if (operator === 'or') return a === true || b === true ? true : a === null || b === null ? null : false
  if (a === null || b === null) return null
  if (typeof a !== 'object' || typeof b !== 'object') return (a === b) === (operator === '=')
  const order = compare(a, b)
  const answers: Record<string, () => Known | null> = {
    '=': () => order === 0n,
    '!=': () => order !== 0n,
    '<': () => order < 0n,
    '<=': () => order <= 0n,
    '>': () => order > 0n,
    '>=': () => order >= 0n,
    '+': () => ({ top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom }),
    '-': () => ({ top: a.top * b.bottom - b.top * a.bottom, bottom: a.bottom * b.bottom }),
    '*': () => times(a, b),
    '/': () => divide(a, b),
    '^': () => power(a, b.top / b.bottom),
  }
  return answers[operator]!()
}

/** Whole exponents only. */
function power(base: Fraction, exponent: bigint): Fraction | null {
  if (compare(base.top < 0n ? minus(base) : base, whole(10n ** 18n)) > 0n) return null
  if (exponent >= 0n) return { top: base.top ** exponent, bottom: base.bottom ** exponent }
  return divide(whole(1n), { top: base.top ** -exponent, bottom: base.bottom ** -exponent })
}

const times = (a: Fraction, b: Fraction): Fraction => ({ top: a.top * b.top, bottom: a.bottom * b.bottom })

function divide(a: Fraction, b: Fraction): Fraction | null {
  if (b.top === 0n) return null
  const sign = b.top < 0n ? -1n : 1n
  return roundTo({ top: a.top * b.bottom * sign, bottom: a.bottom * b.top * sign }, 12)
}

/** Halves away from zero. */
function roundTo({ top, bottom }: Fraction, decimals: number): Fraction {
  const scale = 10n ** BigInt(decimals)
  const size = top < 0n ? -top : top
  const rounded = (2n * size * scale + bottom) / (2n * bottom)
  return { top: top < 0n ? -rounded : rounded, bottom: scale }
}

const minus = ({ top, bottom }: Fraction): Fraction => ({ top: -top, bottom })
const whole = (top: bigint): Fraction => ({ top, bottom: 1n })
const compare = (a: Fraction, b: Fraction) => a.top * b.bottom - b.top * a.bottom

function floorOf({ top, bottom }: Fraction): bigint {
  const quotient = top / bottom
  return top % bottom !== 0n && top < 0n ? quotient - 1n : quotient
}

export function fractionOf(text: string): Fraction {
  const [whole_, decimals = ''] = text.split('.')
  return { top: BigInt(`${whole_}${decimals}`), bottom: 10n ** BigInt(decimals.length) }
}

/** A fraction with a finite decimal form, all its digits; flags as PostgreSQL writes them. */
export function sayExactly(value: Known): string {
  if (typeof value !== 'object') return String(value)
  const { bottom } = value
  let { top } = value
  let decimals = 0
  while (top % bottom !== 0n) {
    top *= 10n
    decimals++
    if (decimals > 2000) throw new Error('no finite decimal')
  }
  const digits = String(top < 0n ? -top / bottom : top / bottom).padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return top < 0n ? `-${text}` : text
}
