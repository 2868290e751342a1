import { z } from 'zod'
import { decimalSchema } from '../paging.ts'
import { regulationDocumentSchema } from './document.ts'

/**
 * JSON Schema (draft 2020-12) of what may be written, for editors: decimals may also stand as plain numbers; `names` and `of` say what a
 * text names, `part` what an object is (naming.ts).
 */
export function regulationJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(regulationDocumentSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === decimalSchema) jsonSchema.type = ['string', 'number'] as never
    },
  })
  return { title: 'Ustaz regulation', ...schema }
}
