export type JsonSchema = Record<string, unknown>

export function asObject(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {}
}

/** A schema without its null: nullable fields are `anyOf` with null, or a list of types. */
export function unwrap(schema: JsonSchema): { inner: JsonSchema; nullable: boolean } {
  const any = schema['anyOf']
  if (Array.isArray(any)) {
    const parts = any.map(asObject)
    const rest = parts.filter((part) => part['type'] !== 'null')
    const [only] = rest
    if (only && rest.length === 1) return { inner: only, nullable: parts.length > 1 }
  }
  const types = schema['type']
  if (!Array.isArray(types)) return { inner: schema, nullable: false }
  const rest: unknown[] = types.filter((type) => type !== 'null')
  return {
    inner: { ...schema, type: rest.length === 1 ? rest[0] : rest },
    nullable: rest.length < types.length,
  }
}

/** The first limit of these names; null: none is set (zod writes the largest safe integers where nobody set one). */
export function numberAt(schema: JsonSchema, ...names: string[]): number | null {
  const found = names.map((name) => schema[name]).find((value) => typeof value === 'number')
  return typeof found === 'number' && Math.abs(found) < Number.MAX_SAFE_INTEGER ? found : null
}
