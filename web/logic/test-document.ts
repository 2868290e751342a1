import { regulationDocumentSchema, regulationJsonSchema } from '@ustaz/core/contract'
import type { RegulationDocument } from '@ustaz/core/contract'
import { readNode } from './read-node.ts'
import type { FieldNode, ListNode, ObjectNode, SchemaNode } from './schema-node.ts'

/** For tests: the tree that forms of a regulation are drawn from. */
export const regulationNode = readNode(regulationJsonSchema()) as ObjectNode

/**
 * For tests: regulations in which every construct of the schema stands, each kind of each thing at least once, with values that are
 * not the defaults. The first has all lists; the others differ in the parts that are one thing. What they name is not there: they
 * have the right form and say everything, and mean nothing.
 */
export function fullDocuments(): RegulationDocument[] {
  return fullValues(regulationNode).map((value) => regulationDocumentSchema.parse(value))
}

/** Texts that must be written in some way, by what they name or are called. */
const samples: Readonly<Record<string, string>> = {
  code: 'full',
  indicator: 'plugin.kind',
  function: 'plugin.function',
  'month-day': '02-03',
  currency: 'KZT',
  value: 'teacher.rate',
}

let count = 0

/** Every form that a value may take: of kinds each one, of alternatives each one. */
function fullValues(node: SchemaNode, name = ''): unknown[] {
  switch (node.control) {
    case 'text':
      return [samples[node.naming?.names ?? name] ?? `t${++count}`]
    case 'decimal':
      return [['upper', 'high', 'to'].includes(name) ? '0.75' : '0.25']
    case 'integer':
    case 'number':
      return [Math.max(node.minimum ?? 0, 3)]
    case 'switch':
      return [node.fallback !== true]
    case 'mark':
      return [true]
    case 'day':
      return ['2026-02-03']
    case 'localized':
      return [{ kk: `k${++count}`, ru: `r${count}`, en: `e${count}` }]
    case 'choice':
      return [node.options.findLast((option) => option !== node.fallback) ?? node.options[0]]
    case 'choices':
      return [[...node.options]]
    case 'object':
      return combine(node.fields)
    case 'variants':
      return node.variants.flatMap(({ kind, fields }) =>
        combine(fields).map((value) => ({ [node.key]: kind, ...value })),
      )
    case 'list':
      return [listOf(fullValues(node.item, name), node)]
    case 'record':
      return fullValues(node.value, name).map((value, index) => ({ [String(index + 1)]: value }))
    case 'either':
      return [...fullValues(node.other, name), ...node.words]
    case 'alternatives':
      return node.options.flatMap((option) => fullValues(option, name))
    case 'free':
      return [{ some: 'thing' }]
  }
}

/** Objects in which each form of each field stands at least once. */
function combine(fields: readonly FieldNode[]): Record<string, unknown>[] {
  const forms = fields.map(({ name, node }) => [name, fullValues(node, name)] as const)
  const most = Math.max(1, ...forms.map(([, values]) => values.length))
  return Array.from({ length: most }, (_, index) =>
    Object.fromEntries(
      forms.map(([name, values]) => {
        const value = values[Math.min(index, values.length - 1)]
        return [name, name === 'id' && index > 0 ? `${String(value)}-${index}` : value]
      }),
    ),
  )
}

/** A list of all forms (of the last ones where there is no room for all), with the first ones again where more items are needed. */
function listOf(values: readonly unknown[], { least, most }: ListNode): unknown[] {
  const more = Array.from({ length: Math.max(0, least - values.length) }, () => values[0])
  return [...values, ...more].slice(most === null ? 0 : -most)
}
