import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { FormulaType } from '../document/formula/types.ts'

/** A piece of SQL over one row called f: a frozen fact (fact-rows.ts) or a frozen teacher (teacher-rows.ts). */
export type Fragment = RawBuilder<unknown>

/** Where rules, conditions and formulas get the values they name. Each answers null (in SQL) where a value is unknown or of another type. */
export interface Values {
  /** Exact. */
  number(name: string): Fragment
  /** "true" and "false" for yes and no, numbers without trailing zeros. `choices`: the only texts it is held against; null: any. */
  text(name: string, choices?: readonly string[] | null): Fragment
  flag(name: string): Fragment
  /** As JSON of whatever type it has. */
  json(name: string): Fragment
}

const number = (column: Fragment) => ({ type: 'number', column }) as const
const text = (column: Fragment) => ({ type: 'text', column }) as const

/** Values that core gives, beside the attributes of a fact. */
const coreValues: Readonly<Record<string, { type: 'number' | 'text'; column: Fragment }>> = {
  quantity: number(sql`f.quantity`),
  participants: number(sql`f.participants::numeric`),
  affiliated: number(sql`f.affiliated::numeric`),
  ordinal: number(sql`f.ordinal::numeric`),
  share: number(sql`f.share`),
  age: number(sql`f.age`),
  expertPoints: number(sql`f.expert_points`),
  role: text(sql`f.role`),
  person: text(sql`f.person`),
  'teacher.position': text(sql`f."teacher.position"`),
  'teacher.degree': text(sql`f."teacher.degree"`),
  'teacher.field': text(sql`f."teacher.field"`),
  'teacher.citizenship': text(sql`f."teacher.citizenship"`),
  'teacher.department': text(sql`f."teacher.department"`),
  'teacher.faculty': text(sql`f."teacher.faculty"`),
  'teacher.rate': number(sql`f."teacher.rate"`),
  'teacher.serviceYears': number(sql`f."teacher.serviceYears"`),
  'teacher.employedDays': number(sql`f."teacher.employedDays"`),
  'teacher.leaveDays': number(sql`f."teacher.leaveDays"`),
}

/** Type of a value by its name; `any`: an attribute, whose indicator is not asked; null: the teacher has no such value. */
export function typeOfValue(name: string): FormulaType | null {
  const core = coreOf(name)
  if (core) return core.type
  return name.startsWith('teacher.') ? null : 'any'
}

export const isAttribute = (name: string) => typeOfValue(name) === 'any'

/**
 * The value as an exact number; null where it is unknown or not a number. The type is looked at before the cast, so
 * that one odd row blocks its teacher instead of failing the run.
 */
export function numberOf(name: string): Fragment {
  const core = coreOf(name)
  if (core) return core.type === 'number' ? core.column : sql`null::numeric`
  const value = attribute(name)
  return sql`case when jsonb_typeof(${value}) = 'number' then (${value})::numeric end`
}

/**
 * The value as text; null where it is unknown. A number is written without the zeros that an average in a plugin's query ends
 * with, but where none of the `choices` is a number nobody would see them, and a look at the type is saved.
 */
export function textOf(name: string, choices: readonly string[] | null = null): Fragment {
  const core = coreOf(name)
  const value = sql`f.attributes ->> ${sql.lit(name)}`
  if (!core && choices !== null && !choices.some(isNumeric)) return value
  if (!core)
    return sql`case when jsonb_typeof(${attribute(name)}) = 'number' then trim_scale((${attribute(name)})::numeric)::text
      else ${value} end`
  return core.type === 'text' ? core.column : sql`trim_scale(${core.column})::text`
}

function flagOf(name: string): Fragment {
  if (coreOf(name)) return sql`null::boolean`
  const value = attribute(name)
  return sql`case when jsonb_typeof(${value}) = 'boolean' then (${value})::boolean end`
}

function jsonOf(name: string): Fragment {
  const core = coreOf(name)
  return core ? sql`to_jsonb(${core.column})` : attribute(name)
}

export const rowValues: Values = { number: numberOf, text: textOf, flag: flagOf, json: jsonOf }

/** An exact number of the regulation document as a constant. */
export function decimal(value: string): Fragment {
  return sql`${sql.lit(value)}::numeric`
}

/**
 * a / b carried to 12 decimals, halves away from zero; null where b is 0. The server decides how many decimals of a quotient it
 * works out by the size of the numbers; the zeros make it at least 26, so that large quotients keep their decimals and
 * rounding twice changes none of them.
 */
export function quotient(a: Fragment, b: Fragment): Fragment {
  return sql`round((${a} + 0.00000000000000000000000000) / nullif(${b}, 0), 12)`
}

const isNumeric = (choice: string) => /^-?\d/.test(choice)

const attribute = (name: string): Fragment => sql`f.attributes -> ${sql.lit(name)}`

function coreOf(name: string) {
  return Object.hasOwn(coreValues, name) ? coreValues[name] : undefined
}
