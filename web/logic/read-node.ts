import { asObject, numberAt } from './json-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import type { FieldNode, Naming, SchemaNode, Traits } from './schema-node.ts'

/** Reads a JSON Schema (zod's toJSONSchema, input side) as the tree that a form is drawn from. */
export function readNode(schema: JsonSchema): SchemaNode {
  const parts = Array.isArray(schema['anyOf']) ? schema['anyOf'].map(asObject) : [schema]
  const rest = parts.filter((part) => part['type'] !== 'null')
  const [only] = rest
  const fallback = schema['default']
  if (only && rest.length === 1) {
    const { inner, nullable } = withoutNull({ ...only, ...metaOf(schema) })
    return readInner(inner, { nullable: nullable || parts.length > 1, fallback })
  }
  return readUnion(rest, { nullable: rest.length < parts.length, fallback })
}

const metaOf = ({ names, of, part }: JsonSchema) => ({
  ...(names === undefined ? {} : { names }),
  ...(of === undefined ? {} : { of }),
  ...(part === undefined ? {} : { part }),
})

function withoutNull(schema: JsonSchema): { inner: JsonSchema; nullable: boolean } {
  const types = schema['type']
  if (!Array.isArray(types) || !types.includes('null')) return { inner: schema, nullable: false }
  const rest: unknown[] = types.filter((type) => type !== 'null')
  return { inner: { ...schema, type: rest.length === 1 ? rest[0] : rest }, nullable: true }
}

function readUnion(parts: readonly JsonSchema[], traits: Traits): SchemaNode {
  const words = parts.flatMap(({ const: word }) => (typeof word === 'string' ? [word] : []))
  const others = parts.filter((part) => typeof part['const'] !== 'string').map(readNode)
  const [only] = others
  if (words.length > 0 && only && others.length === 1)
    return { control: 'either', words, other: only, ...traits }
  if (words.length > 0 && others.length === 0) return { control: 'choice', options: words, ...traits }
  return { control: 'alternatives', options: others, ...traits }
}

function readInner(schema: JsonSchema, traits: Traits): SchemaNode {
  if (Array.isArray(schema['oneOf'])) return readVariants(schema, schema['oneOf'].map(asObject), traits)
  if (Array.isArray(schema['enum']))
    return { control: 'choice', options: schema['enum'].map(String), ...traits }
  if (schema['const'] === true) return { control: 'mark', ...traits }
  switch (schema['type']) {
    case 'integer':
    case 'number':
      return { control: schema['type'], ...limitsOf(schema), ...traits }
    case 'boolean':
      return { control: 'switch', ...traits }
    case 'array':
      return readList(schema, traits)
    case 'object':
      return readObject(schema, traits)
    default:
      return readText(schema, traits)
  }
}

/** How the contract writes an exact number (core/contract/paging.ts, decimalSchema). */
const decimalPattern = String.raw`^-?\d+(\.\d+)?$`

function readText(schema: JsonSchema, traits: Traits): SchemaNode {
  const types = [schema['type']].flat()
  if (!types.includes('string')) return { control: 'free', of: textAt(schema, 'of'), ...traits }
  if (schema['pattern'] === decimalPattern) return { control: 'decimal', ...limitsOf(schema), ...traits }
  if (schema['format'] === 'date') return { control: 'day', ...traits }
  return { control: 'text', naming: namingOf(schema), mixed: types.includes('boolean'), ...traits }
}

function readList(schema: JsonSchema, traits: Traits): SchemaNode {
  const items = asObject(schema['items'])
  if (Array.isArray(items['enum']))
    return { control: 'choices', options: items['enum'].map(String), ...traits }
  const [least, most] = [numberAt(schema, 'minItems') ?? 0, numberAt(schema, 'maxItems')]
  return { control: 'list', item: readNode(items), least, most, ...traits }
}

const languages = 'en,kk,ru'

function readObject(schema: JsonSchema, traits: Traits): SchemaNode {
  const properties = asObject(schema['properties'])
  const names = Object.keys(properties)
  if (names.toSorted().join() === languages) return { control: 'localized', ...traits }
  const values = asObject(schema['additionalProperties'])
  if (names.length === 0 && Object.keys(values).length > 0) {
    return {
      control: 'record',
      naming: namingOf(asObject(schema['propertyNames'])),
      value: readNode(values),
      ...traits,
    }
  }
  // An object of which nothing is said may hold anything; one that allows nothing else has no fields.
  if (names.length === 0 && schema['additionalProperties'] !== false) {
    return { control: 'free', of: textAt(schema, 'of'), ...traits }
  }
  return { control: 'object', part: textAt(schema, 'part'), fields: fieldsOf(schema), ...traits }
}

function readVariants(schema: JsonSchema, options: readonly JsonSchema[], traits: Traits): SchemaNode {
  const constOf = (option: JsonSchema, name: string) =>
    asObject(asObject(option['properties'])[name])['const']
  const [first = {}] = options
  const key = Object.keys(asObject(first['properties'])).find((name) =>
    options.every((option) => typeof constOf(option, name) === 'string'),
  )
  if (key === undefined) return { control: 'alternatives', options: options.map(readNode), ...traits }
  const variants = options.map((option) => ({
    kind: String(constOf(option, key)),
    fields: fieldsOf(option).filter(({ name }) => name !== key),
  }))
  return { control: 'variants', part: textAt(schema, 'part'), key, variants, ...traits }
}

function fieldsOf(schema: JsonSchema): FieldNode[] {
  const required: unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(asObject(schema['properties'])).flatMap(([name, property]): FieldNode[] => {
    const given = asObject(property)
    if (given['hidden'] === true) return []
    return [{ name, required: required.includes(name), node: readNode(given) }]
  })
}

function limitsOf(schema: JsonSchema): { minimum: number | null; maximum: number | null } {
  return {
    minimum: numberAt(schema, 'minimum', 'exclusiveMinimum'),
    maximum: numberAt(schema, 'maximum', 'exclusiveMaximum'),
  }
}

function namingOf(schema: JsonSchema): Naming | null {
  const names = textAt(schema, 'names')
  return names === null ? null : { names, of: textAt(schema, 'of') }
}

function textAt(schema: JsonSchema, name: string): string | null {
  const text = schema[name]
  return typeof text === 'string' ? text : null
}
