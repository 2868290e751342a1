import { z } from 'zod'
import { decimalSchema } from '../contract/paging.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'

/** JSON Schema (draft 2020-12) of what may be imported, for editors: decimals may also stand as plain numbers. */
export function documentJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(regulationDocumentSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === decimalSchema) jsonSchema.type = ['string', 'number'] as never
    },
  })
  return { title: 'Ustaz regulation', ...schema }
}
