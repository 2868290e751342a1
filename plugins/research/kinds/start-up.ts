import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A start-up project brought to its end. */
export const startUp = defineEvidenceKind({
  kind: 'start-up',
  unit: 'item',
  schema: z.object({
    title: line,
    contract: line.describe('order or contract'),
    fromThesis: z
      .boolean()
      .nullable()
      .default(null)
      .describe("grew out of a student's thesis; null: unknown"),
  }),
  title: ({ title }) => title,
  identity: ({ contract }) => contract,
  roles: [],
  participants: 'many',
  files: scans,
})
