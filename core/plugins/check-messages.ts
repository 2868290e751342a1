import { languages } from '../contract/text.ts'
import { findText } from '../messages/message.ts'
import type { AnyPlugin, EvidenceKind, Messages } from '../plugin/definition.ts'
import { attributesSchemaOf, jsonSchemaOf } from './json-schema.ts'

/** The texts a plugin lacks in any of the three languages, and texts that only some languages have. */
export function findMessageFaults(plugin: AnyPlugin): string[] {
  const demanded = demandedKeys(plugin)
  const all = new Set([...demanded, ...languages.flatMap((language) => keysOf(plugin.messages[language]))])
  return languages.flatMap((language) => {
    const missing = [...all].filter((key) => !findText(plugin.messages[language], key)?.trim())
    return missing.length > 0 ? [`messages.${language} lacks ${missing.join(', ')}`] : []
  })
}

/** The texts that screens ask for. */
function demandedKeys({
  evidence = [],
  indicators = [],
  weightings = [],
  functions = [],
  matchings = [],
}: AnyPlugin): string[] {
  return [
    'name',
    'description',
    ...evidence.flatMap(kindKeys),
    ...indicators.map(({ id }) => `indicators.${id}.name`),
    ...weightings.map(({ id }) => `weightings.${id}.name`),
    ...matchings.map(({ id }) => `matchings.${id}.name`),
    ...functions.map(({ id }) => `functions.${id}.name`),
  ]
}

function kindKeys(kind: EvidenceKind<never>): string[] {
  const fields = Object.entries(attributesSchemaOf(kind).shape)
  const below = [
    'name',
    ...kind.roles.map((role) => `roles.${role}`),
    ...fields.map(([field]) => `fields.${field}`),
    ...fields.flatMap(([field, schema]) => {
      const choices = choicesOf(representable(schema as Parameters<typeof jsonSchemaOf>[0]))
      return choices.map((value) => `values.${field}.${value}`)
    }),
  ]
  return below.map((key) => `kinds.${kind.kind}.${key}`)
}

/** A schema that has no JSON form is a fault of its own (json-schema.ts); here it has no choices. */
function representable(schema: Parameters<typeof jsonSchemaOf>[0]): unknown {
  try {
    return jsonSchemaOf(schema, 'input')
  } catch {
    return {}
  }
}

/** The words a field may be chosen from: its own enum, that of a nullable field, that of the items of a list. */
function choicesOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { enum: values, anyOf, items } = schema as { enum?: unknown; anyOf?: unknown; items?: unknown }
  const own = Array.isArray(values)
    ? values.filter((value): value is string => typeof value === 'string')
    : []
  return [...own, ...(Array.isArray(anyOf) ? anyOf.flatMap(choicesOf) : []), ...choicesOf(items)]
}

function keysOf(messages: Messages, above = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : keysOf(value, `${above}${key}.`),
  )
}
