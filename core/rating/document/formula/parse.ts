import { functions } from './expression.ts'
import type { BinaryOperator, Expression, FormulaFault, FunctionName } from './expression.ts'
import { readTokens } from './tokens.ts'
import type { Token } from './tokens.ts'

export type ReadFormula = { expression: Expression } | { fault: FormulaFault }

/** How strongly an operator binds; comparisons do not follow one another (`a < b < c` is refused). */
const strengths: Record<BinaryOperator, number> = {
  or: 1,
  and: 2,
  '=': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '^': 8,
}
const strengthOfNot = 3
const strengthOfComparison = 4
const strengthOfSign = 7

/** Reads a formula (grammar: core/contract/regulation/README.md). `-2 ^ 2` is -4, `2 ^ 3 ^ 2` is 2 ^ 9, `not a = b` is not (a = b). */
export function parseFormula(source: string): ReadFormula {
  const read = readTokens(source)
  if ('fault' in read) return read
  try {
    return { expression: new Reader(read.tokens).readAll() }
  } catch (error) {
    if (error instanceof Stop) return { fault: error.fault }
    throw error
  }
}

class Stop extends Error {
  readonly fault: FormulaFault
  constructor(fault: FormulaFault) {
    super(fault.code)
    this.fault = fault
  }
}

/** Reads tokens from left to right, each operator taking what binds more strongly than it (precedence climbing). */
class Reader {
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  readAll(): Expression {
    const expression = this.#readFrom(1)
    if (this.#token.kind !== 'end') throw this.#unexpected()
    return expression
  }

  get #token(): Token {
    return this.#tokens[this.#next]!
  }

  #readFrom(weakest: number): Expression {
    let left = this.#readFirst()
    for (;;) {
      const { text, at } = this.#token
      const operator = this.#operator()
      const strength = operator === null ? 0 : strengths[operator]
      if (operator === null || strength < weakest) return left
      this.#next++
      const right = this.#readFrom(operator === '^' ? strengthOfSign : strength + 1)
      left = { kind: 'binary', operator: text as BinaryOperator, left, right, at }
      if (strength === strengthOfComparison && this.#strengthAhead() === strength) throw this.#unexpected()
    }
  }

  #operator(): BinaryOperator | null {
    const { kind, text } = this.#token
    return kind !== 'text' && kind !== 'number' && Object.hasOwn(strengths, text)
      ? (text as BinaryOperator)
      : null
  }

  #strengthAhead(): number {
    const operator = this.#operator()
    return operator === null ? 0 : strengths[operator]
  }

  #readFirst(): Expression {
    const { kind, text, at } = this.#token
    if (kind === 'end') throw this.#unexpected()
    this.#next++
    if (kind === 'number' || kind === 'text') return { kind, text, at }
    if (text === '-') return { kind: 'unary', operator: '-', of: this.#readFrom(strengthOfSign), at }
    if (text === 'not') return { kind: 'unary', operator: 'not', of: this.#readFrom(strengthOfNot), at }
    if (text === '(') {
      const inner = this.#readFrom(1)
      this.#take(')')
      return inner
    }
    if (kind === 'name' && text !== 'and' && text !== 'or') return this.#readName(text, at)
    this.#next--
    throw this.#unexpected()
  }

  #readName(name: string, at: number): Expression {
    if (!this.#isAt('(')) return { kind: 'value', name, at }
    if (!isFunction(name)) throw new Stop({ code: 'formula-function', position: at + 1, params: { name } })
    this.#next++
    const args = [this.#readFrom(1)]
    while (this.#isAt(',')) {
      this.#next++
      args.push(this.#readFrom(1))
    }
    this.#take(')')
    const [least, most] = functions[name]
    if (args.length < least || args.length > most) {
      const params = { name, needed: least, found: args.length }
      throw new Stop({ code: 'formula-arguments', position: at + 1, params })
    }
    return { kind: 'call', name, args, at }
  }

  #take(text: string): void {
    if (!this.#isAt(text)) throw this.#unexpected()
    this.#next++
  }

  #isAt(text: string): boolean {
    return this.#token.kind === 'sign' && this.#token.text === text
  }

  #unexpected(): Stop {
    const { kind, text, at } = this.#token
    return kind === 'end'
      ? new Stop({ code: 'formula-ends', position: at + 1, params: {} })
      : new Stop({ code: 'formula-unreadable', position: at + 1, params: { found: text } })
  }
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(functions, name)
}
