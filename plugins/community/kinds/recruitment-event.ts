import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** An exhibition, fair or open day that presents the university to applicants. */
export const recruitmentEvent = defineEvidenceKind({
  kind: 'recruitment-event',
  unit: 'event',
  schema: z.object({
    level: z.enum(['international', 'national', 'university']),
    name: line,
    place: line.describe('where it was held'),
  }),
  title: ({ name }) => name,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
