import { sql } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { BinaryOperator, Expression, FormulaFault } from '../document/formula/expression.ts'
import { parseFormula } from '../document/formula/parse.ts'
import { typeFormula } from '../document/formula/types.ts'
import type { FormulaType, TypedFormula, ValueType } from '../document/formula/types.ts'
import { decimal, quotient, rowValues, typeOfValue } from './value.ts'
import type { Fragment, Values } from './value.ts'

/**
 * A formula as SQL that gives a number or a flag; null where it is unknown. No row makes it fail: division by 0, roots of
 * negative numbers and powers out of reach are unknown. Throws `formula-wrong`, with the place, where the text is no formula.
 */
export function compileFormula(source: string, wanted: ValueType, values: Values = rowValues): Fragment {
  const { expression, typed } = read(source, wanted)
  return compile(expression, { typed, values })
}

/** The name (text) of the first value that was asked for and is unknown; null: all of them are known. */
export function unknownInFormula(source: string, wanted: ValueType, values: Values): Fragment {
  const { expression, typed } = read(source, wanted)
  return unknownIn(expression, { typed, values }) ?? sql`null::text`
}

function read(source: string, wanted: ValueType): { expression: Expression; typed: TypedFormula } {
  const parsed = parseFormula(source)
  if ('fault' in parsed) throw formulaWrong(source, parsed.fault)
  const typed = typeFormula(parsed.expression, wanted, typeOfValue)
  const [fault] = typed.faults
  if (fault) throw formulaWrong(source, fault)
  return { expression: parsed.expression, typed }
}

function formulaWrong(formula: string, { code, position, params }: FormulaFault): UstazError {
  return new UstazError('formula-wrong', {
    status: 422,
    params: { ...params, formula, position, fault: code },
  })
}

interface Compiling {
  typed: TypedFormula
  values: Values
}

function compile(part: Expression, compiling: Compiling): Fragment {
  const below = (inner: Expression) => compile(inner, compiling)
  switch (part.kind) {
    case 'number':
      return decimal(part.text)
    case 'text':
      return sql.lit(part.text)
    case 'value':
      return compileValue(part.name, compiling.typed.typeOf(part), compiling.values)
    case 'unary':
      return part.operator === '-' ? sql`(- ${below(part.of)})` : sql`(not ${below(part.of)})`
    case 'binary':
      return compileBinary(part.operator, below(part.left), below(part.right))
    case 'call': {
      const args = part.args.map(below)
      return part.name === 'if' ? compileIf(args) : compileFunction(part.name, args)
    }
  }
}

/** Two values whose type nobody has said are compared as they stand in the fact. */
function compileValue(name: string, type: FormulaType, values: Values): Fragment {
  return type === 'any' ? sql`nullif(f.attributes -> ${sql.lit(name)}, 'null')` : values[type](name)
}

function compileBinary(operator: BinaryOperator, left: Fragment, right: Fragment): Fragment {
  if (operator === '/') return quotient(left, right)
  if (operator === '^') return power(left, right)
  return sql`(${left} ${sql.raw(operator === '!=' ? '<>' : operator)} ${right})`
}

/** Only the chosen branch is asked; where the condition is unknown, none is. */
function compileIf([condition, then, otherwise]: readonly Fragment[]): Fragment {
  return sql`case ${condition!} when true then ${then!} when false then ${otherwise!} end`
}

/** 16 decimals beyond those of the number make roots and powers come out with at least 16. */
const widened = (value: Fragment) => sql`(${value} + 0.0000000000000000)`

function compileFunction(name: string, args: readonly Fragment[]): Fragment {
  const [first] = args
  switch (name) {
    case 'min':
    case 'max':
      return extreme(name, args)
    case 'sqrt':
      return sql`(select case when v.a >= 0 then round(sqrt(${widened(sql`v.a`)}), 12) end from (select ${first!} as a) v)`
    case 'ceil':
    case 'floor':
    case 'round':
    case 'abs':
      return sql`${sql.raw(name)}(${first!})`
    default:
      throw new Error(`no function ${name}`)
  }
}

/** PostgreSQL's least and greatest pass unknown values over; here one unknown makes the whole unknown. */
function extreme(name: 'min' | 'max', args: readonly Fragment[]): Fragment {
  const columns = args.map((_, index) => sql.ref(`v.a${index}`))
  const bound = args.map((argument, index) => sql`${argument} as ${sql.ref(`a${index}`)}`)
  const known = columns.map((column) => sql`${column} is not null`)
  const chosen = sql`${sql.raw(name === 'min' ? 'least' : 'greatest')}(${sql.join(columns)})`
  return sql`(select case when ${sql.join(known, sql` and `)} then ${chosen} end from (select ${sql.join(bound)}) v)`
}

/**
 * Exact for whole exponents from 0 to 64; others, down to -64, are carried to 12 decimals. Unknown for a base beyond 10^18, 0 to a
 * negative and a negative to a broken exponent.
 */
function power(base: Fragment, exponent: Fragment): Fragment {
  const isWhole = sql`v.e = trunc(v.e)`
  const exact = sql`power(round(v.b, least(scale(v.b) * v.e, 1000)::int), v.e)`
  const carried = sql`round(power(${widened(sql`v.b`)}, ${widened(sql`v.e`)}), 12)`
  return sql`(select case
      when abs(v.b) > 1e18 or abs(v.e) > 64 or (v.b = 0 and v.e < 0) or (v.b < 0 and not ${isWhole}) then null
      when ${isWhole} and v.e >= 0 then ${exact}
      else ${carried} end
    from (select ${base} as b, ${exponent} as e) v)`
}

/** null: the part reads no value. */
function unknownIn(part: Expression, compiling: Compiling): Fragment | null {
  const firstOf = (parts: readonly Expression[]) => {
    const found = parts.flatMap((inner) => unknownIn(inner, compiling) ?? [])
    return found.length === 0 ? null : sql`coalesce(${sql.join(found)})`
  }
  switch (part.kind) {
    case 'number':
    case 'text':
      return null
    case 'value':
      return sql`case when (${compile(part, compiling)}) is null then ${sql.lit(part.name)} end`
    case 'unary':
      return unknownIn(part.of, compiling)
    case 'binary':
      return firstOf([part.left, part.right])
    case 'call': {
      if (part.name !== 'if') return firstOf(part.args)
      const [condition, then, otherwise] = part.args.map(
        (inner) => unknownIn(inner, compiling) ?? sql`null::text`,
      )
      return sql`case ${compile(part.args[0]!, compiling)} when true then ${then!} when false then ${otherwise!}
        else ${condition!} end`
    }
  }
}
