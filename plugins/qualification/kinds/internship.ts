import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A scientific internship in the teacher's field. */
export const internship = defineEvidenceKind({
  kind: 'internship',
  unit: 'item',
  schema: z.object({
    host: line,
    topic: line,
    location: z.enum(['abroad', 'kazakhstan']),
    months: z.number().positive().max(60),
    youngScientist: z
      .boolean()
      .nullable()
      .default(null)
      .describe('the teacher counts as a young scientist; null: unknown'),
  }),
  title: ({ topic, host }) => `${topic} (${host})`,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: scans,
})
