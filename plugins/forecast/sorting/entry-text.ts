type Schema = Record<string, unknown>

/**
 * What a form asks for in words of one's own, what it lets one choose (from a list, or as a code of an open list such as a language), and what
 * numbers it takes; fields that are not asked for are left out.
 */
export interface FieldsOfKind {
  texts: string[]
  choices: string[]
  numbers: string[]
}

/** From the JSON Schema of a kind's form. */
export function fieldsOf(schema: Schema): FieldsOfKind {
  const fields: FieldsOfKind = { texts: [], choices: [], numbers: [] }
  for (const [name, property] of Object.entries(asSchema(schema['properties']))) {
    const given = asSchema(property)
    if (given['hidden'] === true) continue
    const inner = withoutNull(given)
    if (Array.isArray(inner['enum']) || given['code'] === true) fields.choices.push(name)
    else if (inner['type'] === 'number' || inner['type'] === 'integer') fields.numbers.push(name)
    else if (isText(inner) || (inner['type'] === 'array' && isText(asSchema(inner['items']))))
      fields.texts.push(name)
  }
  return fields
}

/** Everything that was written in words of one's own. */
export function textOf(data: Record<string, unknown>, { texts }: FieldsOfKind): string {
  return texts
    .flatMap((name) => data[name])
    .filter((value) => typeof value === 'string')
    .join('\n')
}

const asSchema = (value: unknown): Schema =>
  typeof value === 'object' && value !== null ? (value as Schema) : {}

function isText(schema: Schema): boolean {
  return schema['type'] === 'string' && schema['format'] !== 'date' && !Array.isArray(schema['enum'])
}

/** Of `anyOf` with null the other one. */
function withoutNull(schema: Schema): Schema {
  const options = schema['anyOf']
  if (!Array.isArray(options)) return schema
  const others = options.map(asSchema).filter((option) => option['type'] !== 'null')
  return others.length === 1 ? others[0]! : schema
}
