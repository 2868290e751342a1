import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, optionalLine } from '../fields.ts'
import { scans } from '../files.ts'

/** An electronic textbook or manual recommended by the university. */
export const electronicTextbook = defineEvidenceKind({
  kind: 'electronic-textbook',
  unit: 'item',
  schema: z.object({
    type: z.enum(['textbook', 'manual']),
    title: line,
    certificate: optionalLine.describe('number of the copyright certificate'),
  }),
  title: ({ title }) => title,
  identity: ({ certificate }) => certificate,
  roles: [],
  participants: 'many',
  files: scans,
})
