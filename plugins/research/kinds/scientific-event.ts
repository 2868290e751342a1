import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A scientific event that was organised, not attended. */
export const scientificEvent = defineEvidenceKind({
  kind: 'scientific-event',
  unit: 'event',
  schema: z.object({
    type: z.enum(['conference', 'symposium', 'webinar', 'seminar', 'round-table']),
    level: z.enum(['international', 'national', 'university']),
    name: line,
  }),
  title: ({ name }) => name,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
