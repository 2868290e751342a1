import { asObject } from './json-schema.ts'
import type { FieldNode, SchemaNode, VariantsNode } from './schema-node.ts'

/**
 * What a thing begins with when somebody adds it: every default as the schema says, and an empty text wherever something must be
 * written, so that the check asks for it. A number is never made up.
 */
export function emptyValue(node: SchemaNode): unknown {
  if (node.fallback !== undefined) return structuredClone(node.fallback)
  return node.nullable ? null : startValue(node)
}

/** The same, of what may be absent or null and was asked for. */
export function startValue(node: SchemaNode): unknown {
  switch (node.control) {
    case 'object':
      return emptyFields(node.fields)
    case 'variants':
      return variantOf(node, node.variants[0]?.kind ?? '', {})
    case 'list':
      return Array.from({ length: node.least }, () => emptyValue(node.item))
    case 'choices':
      return []
    case 'record':
    case 'free':
      return {}
    case 'localized':
      return { kk: '', ru: '', en: '' }
    case 'alternatives':
      return node.options[0] ? emptyValue(node.options[0]) : ''
    case 'switch':
      return false
    case 'mark':
      return true
    default:
      return ''
  }
}

/** Fields that may be left out are left out. */
function emptyFields(fields: readonly FieldNode[]): Record<string, unknown> {
  const written = fields.filter(({ required, node }) => required || node.fallback !== undefined)
  return Object.fromEntries(written.map(({ name, node }) => [name, emptyValue(node)]))
}

/** A value of another kind: what both kinds have stays, the rest begins empty. */
export function variantOf(node: VariantsNode, kind: string, before: unknown): Record<string, unknown> {
  const fields = node.variants.find((variant) => variant.kind === kind)?.fields ?? []
  const kept = asObject(before)
  const start = emptyFields(fields)
  const same = fields.filter(({ name, node: field }) => name in kept && fits(field, kept[name]))
  return { [node.key]: kind, ...start, ...Object.fromEntries(same.map(({ name }) => [name, kept[name]])) }
}

/** The fields of an object, of a kind of several by the value that stands there. */
export function fieldsFor(node: SchemaNode, value: unknown): readonly FieldNode[] {
  if (node.control === 'object') return node.fields
  if (node.control !== 'variants') return []
  const kind = asObject(value)[node.key]
  return node.variants.find((variant) => variant.kind === kind)?.fields ?? []
}

/** Whether a value has the shape that the node is drawn for. */
export function fits(node: SchemaNode, value: unknown): boolean {
  if (value === null) return node.nullable
  switch (node.control) {
    case 'object':
    case 'variants':
    case 'record':
    case 'localized':
    case 'free':
      return typeof value === 'object' && !Array.isArray(value)
    case 'list':
    case 'choices':
      return Array.isArray(value)
    case 'alternatives':
      return node.options.some((option) => fits(option, value))
    default:
      return typeof value !== 'object'
  }
}

/**
 * An exact number as people type it, with comma or point and spaces between thousands; its digits stay as written. What is no
 * number stays as typed, so that the check can say so beside the field.
 */
export function readDecimal(text: string): string {
  const plain = text
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.')
    .replace('\u2212', '-')
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : text.trim()
}

/** A whole number as people type it; what is none stays as typed. */
export function readInteger(text: string): number | string {
  const plain = readDecimal(text)
  return /^-?\d{1,15}$/.test(plain) ? Number(plain) : text.trim()
}

/** Whether one control is enough for the value. */
export function isLeaf({ control }: SchemaNode): boolean {
  return ['text', 'decimal', 'integer', 'number', 'switch', 'mark', 'day', 'choice', 'choices'].includes(
    control,
  )
}

/** Whether a field may be left out of its part altogether. */
export function mayBeOut({ required, node }: FieldNode): boolean {
  return !required && node.fallback === undefined
}
