import { asObject, numberAt, unwrap } from './json-schema.ts'
import type { JsonSchema } from './json-schema.ts'

/** How a field of a JSON Schema is asked for. `other`: no form can be drawn for it; it is kept and shown as it is. */
export type FieldControl =
  'text' | 'number' | 'integer' | 'switch' | 'select' | 'date' | 'list' | 'choices' | 'other'

export interface FormFieldSpec {
  name: string
  control: FieldControl
  required: boolean
  /** Words one may choose from, for select and choices. A nullable yes-or-no question is a select of true and false. */
  options: readonly string[]
  minimum: number | null
  maximum: number | null
  maxLength: number | null
}

/**
 * The fields of an object's JSON Schema in their order (zod's toJSONSchema, input side). What is marked `hidden: true` (zod's
 * `.meta({ hidden: true })`) is kept in the data and not asked for.
 */
export function formFields(schema: JsonSchema): FormFieldSpec[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const properties = Object.entries(asObject(schema['properties']))
  const asked = properties.filter(([, property]) => asObject(property)['hidden'] !== true)
  return asked.map(([name, property]) => {
    const given = asObject(property)
    const { inner, nullable } = unwrap(given)
    const isRequired = required.includes(name) && !nullable
    const control = controlOf(inner, isRequired || typeof given['default'] === 'boolean')
    return {
      name,
      control,
      required: isRequired,
      options: optionsOf(inner, control),
      minimum: numberAt(inner, 'minimum', 'exclusiveMinimum'),
      maximum: numberAt(inner, 'maximum', 'exclusiveMaximum'),
      maxLength: numberAt(inner, 'maxLength'),
    }
  })
}

/** What a new form starts with: a yes-or-no question that must be answered with no, every default as the schema says. */
export function initialData(schema: JsonSchema): Record<string, unknown> {
  const properties = asObject(schema['properties'])
  const switches = formFields(schema).filter(({ control }) => control === 'switch')
  const defaults = Object.entries(properties).flatMap(([name, property]): [string, unknown][] => {
    const given = asObject(property)['default']
    return given === undefined || given === null ? [] : [[name, given]]
  })
  return { ...Object.fromEntries(switches.map(({ name }) => [name, false])), ...Object.fromEntries(defaults) }
}

/**
 * A number as people type it, with comma or point and spaces between thousands; null for nothing; the text itself where it is no
 * number, so that the server can say so beside the field.
 */
export function readNumber(text: string): number | string | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
  if (plain === '') return null
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text
}

function controlOf(schema: JsonSchema, answered: boolean): FieldControl {
  if (Array.isArray(schema['enum'])) return 'select'
  switch (schema['type']) {
    case 'boolean':
      return answered ? 'switch' : 'select'
    case 'number':
    case 'integer':
      return schema['type']
    case 'string':
      return schema['format'] === 'date' ? 'date' : 'text'
    case 'array':
      return listControl(asObject(schema['items']))
    default:
      return 'other'
  }
}

function listControl(items: JsonSchema): FieldControl {
  if (Array.isArray(items['enum'])) return 'choices'
  return items['type'] === 'string' ? 'list' : 'other'
}

function optionsOf(schema: JsonSchema, control: FieldControl): string[] {
  if (schema['type'] === 'boolean') return control === 'select' ? ['true', 'false'] : []
  const values = control === 'choices' ? asObject(schema['items'])['enum'] : schema['enum']
  return Array.isArray(values) ? values.filter((value): value is string => typeof value === 'string') : []
}
