import { valueAt } from './document-path.ts'
import { asObject } from './json-schema.ts'
import { fieldsFor } from './node-values.ts'
import type { SchemaNode } from './schema-node.ts'

/** A step of a path as people know it: a field of a part, one of the three languages, a row, or an item by its id or number. */
export type PathStep =
  | { kind: 'field'; part: string | null; field: string }
  | { kind: 'language'; language: string }
  | { kind: 'row'; key: string }
  | { kind: 'item'; number: number; id: string | null }

/** A path below a value as steps that have names; `value` says which kind of several stands there. */
export function labelSteps(node: SchemaNode, path: readonly (string | number)[], value: unknown): PathStep[] {
  const [key, ...rest] = path
  if (key === undefined) return []
  const inner = valueAt(value, [key])
  const name = String(key)
  switch (node.control) {
    case 'object':
    case 'variants': {
      const field = fieldsFor(node, value).find((one) => one.name === name)
      const step: PathStep = { kind: 'field', part: node.part, field: name }
      return field ? [step, ...labelSteps(field.node, rest, inner)] : [step]
    }
    case 'localized':
      return [{ kind: 'language', language: name }]
    case 'list':
      return [
        { kind: 'item', number: Number(name) + 1, id: idOf(inner) },
        ...labelSteps(node.item, rest, inner),
      ]
    case 'record':
      return [{ kind: 'row', key: name }, ...labelSteps(node.value, rest, inner)]
    case 'either':
      return labelSteps(node.other, path, value)
    case 'alternatives': {
      const option = node.options.find(({ control }) => control === 'record' || control === 'object')
      return option ? labelSteps(option, path, value) : []
    }
    default:
      return [{ kind: 'row', key: name }]
  }
}

function idOf(value: unknown): string | null {
  const { id } = asObject(value)
  return typeof id === 'string' && id !== '' ? id : null
}
