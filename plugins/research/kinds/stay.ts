import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** Research of some months at another institution, outside any project, that ended with an accepted report. */
export const stay = defineEvidenceKind({
  kind: 'stay',
  unit: 'item',
  schema: z.object({
    host: line,
    topic: line,
    location: z.enum(['abroad', 'domestic']),
    months: z.number().positive().max(60),
  }),
  title: ({ topic, host }) => `${topic} (${host})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
