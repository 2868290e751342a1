import { z } from 'zod'
import type { EvidenceKind } from '../plugin/definition.ts'

type JsonSchema = Record<string, unknown>

/** JSON Schema (2020-12) of what one gives (`input`: a form) or gets (`output`: stored data). Throws where zod has no such form. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, { io, target: 'draft-2020-12' })
}

/** What a fact of an evidence kind carries: the evidence's data and what the kind adds. */
export function attributesSchemaOf(
  kind: Pick<EvidenceKind<never>, 'schema' | 'enrichedAttributes'>,
): z.ZodObject {
  return kind.enrichedAttributes
    ? z.object({ ...kind.schema.shape, ...kind.enrichedAttributes.shape })
    : kind.schema
}

/** Why a schema cannot be drawn as a form or described to others; empty: it can. */
export function schemaFault(schema: z.ZodType, where: string): string[] {
  try {
    jsonSchemaOf(schema, 'input')
    jsonSchemaOf(schema, 'output')
    return []
  } catch (error) {
    return [`${where}: no JSON Schema: ${error instanceof Error ? error.message : String(error)}`]
  }
}
