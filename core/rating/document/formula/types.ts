import type { BinaryOperator, Expression, FormulaFault } from './expression.ts'

export type ValueType = 'number' | 'text' | 'flag'
/** `any`: a value whose type nobody has said; it takes the type of what it stands with. */
export type FormulaType = ValueType | 'any'

/** Answers the type of a value by its name; null: there is no such value. */
export type TypeOfValue = (name: string) => FormulaType | null

export interface TypedFormula {
  /** What each part gives. */
  typeOf(part: Expression): FormulaType
  faults: readonly FormulaFault[]
}

/** Checks that every part of a formula gets what it works with; the whole must give `wanted`. */
export function typeFormula(
  expression: Expression,
  wanted: ValueType,
  typeOfValue: TypeOfValue,
): TypedFormula {
  const types = new Map<Expression, FormulaType>()
  const faults: FormulaFault[] = []
  const visit: Visit = (part, needed) => {
    const type = visitPart(part, needed, { visit, typeOfValue, faults })
    const isMisfit = needed !== null && type !== 'any' && type !== needed
    if (isMisfit) faults.push(fault('formula-type', part, { needed, found: type }))
    const settled = type === 'any' && needed !== null ? needed : type
    types.set(part, settled)
    return settled
  }
  visit(expression, wanted)
  return { typeOf: (part) => types.get(part) ?? 'any', faults: faults.filter(isFirst) }
}

/** A part may be visited twice: once to hear its type, once to be told. */
function isFirst({ code, position }: FormulaFault, index: number, all: readonly FormulaFault[]): boolean {
  return all.findIndex((other) => other.code === code && other.position === position) === index
}

/** Types a part that must give `needed` (null: whatever it gives), and answers what it gives. */
type Visit = (part: Expression, needed: ValueType | null) => FormulaType
interface Typing {
  visit: Visit
  typeOfValue: TypeOfValue
  faults: FormulaFault[]
}

function visitPart(part: Expression, needed: ValueType | null, typing: Typing): FormulaType {
  const { visit, typeOfValue, faults } = typing
  switch (part.kind) {
    case 'number':
    case 'text':
      return part.kind
    case 'value': {
      const type = typeOfValue(part.name)
      if (type === null) faults.push(fault('formula-value', part, { name: part.name }))
      return type ?? 'any'
    }
    case 'unary': {
      const type = part.operator === '-' ? 'number' : 'flag'
      visit(part.of, type)
      return type
    }
    case 'binary':
      return visitBinary(part, visit)
    case 'call': {
      if (part.name === 'if') return visitIf(part.args, needed, visit)
      for (const argument of part.args) visit(argument, 'number')
      return 'number'
    }
  }
}

function visitBinary(part: Extract<Expression, { kind: 'binary' }>, visit: Visit): FormulaType {
  const { operator, left, right } = part
  if (operator === '=' || operator === '!=') {
    visitAlike(left, right, visit)
    return 'flag'
  }
  const type = isLogical(operator) ? 'flag' : 'number'
  visit(left, type)
  visit(right, type)
  return isLogical(operator) || isOrdering(operator) ? 'flag' : 'number'
}

function visitIf(args: readonly Expression[], needed: ValueType | null, visit: Visit): FormulaType {
  const [condition, then, otherwise] = args
  visit(condition!, 'flag')
  if (needed === null) return visitAlike(then!, otherwise!, visit)
  visit(then!, needed)
  visit(otherwise!, needed)
  return needed
}

/** Two parts of one type: whichever has a type gives it to the other. */
function visitAlike(a: Expression, b: Expression, visit: Visit): FormulaType {
  const first = visit(a, null)
  if (first !== 'any') {
    visit(b, first)
    return first
  }
  const second = visit(b, null)
  return second === 'any' ? 'any' : visit(a, second)
}

function fault(code: FormulaFault['code'], { at }: Expression, params: FormulaFault['params']): FormulaFault {
  return { code, position: at + 1, params }
}

const isLogical = (operator: BinaryOperator) => operator === 'and' || operator === 'or'
const isOrdering = (operator: BinaryOperator) => ['<', '<=', '>', '>='].includes(operator)
