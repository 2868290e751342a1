import {
  compare,
  divide,
  exact,
  greatest,
  least,
  minus,
  negative,
  plus,
  quotient,
  roundTo,
  times,
  zero,
} from './exact.ts'
import type { Exact } from './exact.ts'

/** A value as a fact or a person has it; null: unknown. */
export type Value = Exact | string | boolean | null
export type Read = (name: string) => Value

type Node = (read: Read) => Value

/** Works a formula out by the grammar of core/contract/regulation/README.md. */
export function workOut(source: string, read: Read): Value {
  const tokens = source.match(/'[^']*'|\d+(?:\.\d+)?|[a-zA-Z][\w.]*|<=|>=|!=|[-+*/^()=<>,]/g)!
  let at = 0
  const next = () => tokens[at++]!
  const whole = binary(0)
  return whole(read)

  function binary(level: number): Node {
    if (level === 2 && tokens[at] === 'not') {
      next()
      const of = binary(2)
      return (values) => {
        const value = of(values)
        return value === null ? null : !value
      }
    }
    if (level === levels.length) return signed()
    let from = at
    let left = binary(level + 1)
    while (levels[level]!.includes(tokens[at] ?? '')) {
      const isOpen = isAttribute(tokens.slice(from, at))
      const operator = next()
      const before = left
      from = at
      const right = binary(level + 1)
      const areOpen = isOpen && isAttribute(tokens.slice(from, at))
      left = (values) => operate(operator, before(values), right(values), areOpen)
    }
    return left
  }

  function signed(): Node {
    if (tokens[at] !== '-') return power()
    next()
    const of = signed()
    return (values) => {
      const value = of(values)
      return isNumber(value) ? negative(value) : null
    }
  }

  function power(): Node {
    const base = single()
    if (tokens[at] !== '^') return base
    next()
    const exponent = signed()
    return (values) => operate('^', base(values), exponent(values))
  }

  function single(): Node {
    const token = next()
    if (token === '(') {
      const inner = binary(0)
      next()
      return inner
    }
    if (/^\d/.test(token)) return () => exact(token)
    if (token.startsWith("'")) return () => token.slice(1, -1)
    if (tokens[at] !== '(') return (values) => values(token)
    const args: Node[] = []
    do {
      next()
      args.push(binary(0))
    } while (tokens[at] === ',')
    next()
    return (values) => call(token, args, values)
  }
}

/** From what binds most weakly; `not` stands between the second and the third. */
const levels = [['or'], ['and'], ['=', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/']]

const ofCore = [
  'quantity',
  'participants',
  'affiliated',
  'ordinal',
  'share',
  'age',
  'expertPoints',
  'role',
  'person',
]

/** A value whose kind nobody has said. */
function isAttribute([name, ...rest]: readonly string[]): boolean {
  return rest.length === 0 && /^[a-zA-Z]\w*$/.test(name!) && !ofCore.includes(name!)
}

const isNumber = (value: Value): value is Exact => typeof value === 'object' && value !== null

/** `areOpen`: of neither side is it said of which kind it must be; else what is of another kind is unknown. */
function operate(operator: string, a: Value, b: Value, areOpen = false): Value {
  if (operator === 'and') return a === false || b === false ? false : a === null || b === null ? null : true
  if (operator === 'or') return a === true || b === true ? true : a === null || b === null ? null : false
  if (a === null || b === null) return null
  if (operator === '=' || operator === '!=') {
    if (!areOpen && typeof a !== typeof b) return null
    const same = isNumber(a) && isNumber(b) ? compare(a, b) === 0 : a === b
    return same === (operator === '=')
  }
  if (!isNumber(a) || !isNumber(b)) return null
  const order = compare(a, b)
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '+':
      return plus(a, b)
    case '-':
      return minus(a, b)
    case '*':
      return times(a, b)
    case '/':
      return quotient(a, b)
    default:
      return raise(a, b)
  }
}

/** Whole exponents from 0 on. */
function raise(base: Exact, exponent: Exact): Exact {
  let result = exact(1)
  for (let step = 0; compare(exact(step), exponent) < 0; step++) result = times(result, base)
  return result
}

function call(name: string, args: readonly Node[], values: Read): Value {
  if (name === 'if') {
    const condition = args[0]!(values)
    return condition === null ? null : args[condition === true ? 1 : 2]!(values)
  }
  const numbers = args.map((argument) => argument(values)).filter(isNumber)
  if (numbers.length < args.length) return null
  const first = numbers[0]!
  switch (name) {
    case 'min':
      return numbers.reduce(least)
    case 'max':
      return numbers.reduce(greatest)
    case 'floor':
      return floor(first)
    case 'ceil':
      return negative(floor(negative(first)))
    case 'round':
      return roundTo(first, 0)
    case 'abs':
      return greatest(first, negative(first))
    default:
      return root(first)
  }
}

function floor(a: Exact): Exact {
  const near = divide(a, exact(1), 0)!
  return compare(near, a) > 0 ? minus(near, exact(1)) : near
}

/** The square root to 12 decimals; unknown below 0. */
function root(a: Exact): Exact | null {
  if (compare(a, zero) < 0) return null
  const scaled = roundTo(a, 60).units
  let low = 0n
  let high = scaled + 1n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle * middle <= scaled) low = middle
    else high = middle
  }
  return roundTo({ units: low, scale: 30 }, 12)
}
