import { numbersOfFacts, textsOfFacts, valuesOfTeacher } from '../../contract/regulation/values.ts'
import type { JsonSchema, SuppliedIndicator } from './supply.ts'

/** What a value can be; `choices` null: any text. */
export interface ValueKind {
  type: 'number' | 'text' | 'flag' | 'other'
  choices: readonly string[] | null
}

const number: ValueKind = { type: 'number', choices: null }
const text: ValueKind = { type: 'text', choices: null }
/** The kind of a value that rules and conditions read by name; null: facts of the indicator have no such value. */
export function kindOfValue(indicator: SuppliedIndicator, name: string): ValueKind | null {
  if (isIn(numbersOfFacts, name)) return number
  if (isIn(textsOfFacts, name)) return text
  const ofTeacher = kindOfTeacherValue(name)
  if (ofTeacher) return ofTeacher
  if (name === 'role') return indicator.roles.length > 0 ? { type: 'text', choices: indicator.roles } : null
  const schema = schemaOfValue(indicator, name)
  return schema ? kindOfSchema(schema) : null
}

const isIn = (names: readonly string[], name: string) => names.includes(name)

/** The kind of a value of the frozen teacher; null: there is no such value. */
export function kindOfTeacherValue(name: string): ValueKind | null {
  const kinds: Readonly<Record<string, string>> = valuesOfTeacher
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  return kind === undefined ? null : kind === 'number' ? number : text
}

/** JSON Schema of an attribute that is known; null: the indicator has no such attribute. */
export function schemaOfValue(indicator: SuppliedIndicator, name: string): JsonSchema | null {
  const properties = indicator.attributes['properties']
  const schema = isSchema(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined
  return isSchema(schema) ? withoutNull(schema) : null
}

function kindOfSchema(schema: JsonSchema): ValueKind {
  const choices = Array.isArray(schema['enum']) ? schema['enum'].filter(isKnown).map(String) : null
  const [type, ...others] = [schema['type']].flat().filter((name) => name !== 'null')
  if (others.length > 0) return { type: 'other', choices: null }
  if (type === 'boolean') return { type: 'flag', choices: ['true', 'false'] }
  if (type === 'number' || type === 'integer') return { type: 'number', choices }
  return { type: type === 'string' ? 'text' : 'other', choices }
}

const isKnown = (choice: unknown) => choice !== null

/** The schema of a value that may be unknown, without the null. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const parts = Array.isArray(schema['anyOf']) ? schema['anyOf'].filter(isSchema) : []
  const [only, ...others] = parts.filter((part) => part['type'] !== 'null')
  return only && others.length === 0 ? only : schema
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
