import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** An event for students that forms them as people and citizens, organised by the teacher. */
export const civicEvent = defineEvidenceKind({
  kind: 'civic-event',
  unit: 'event',
  schema: z.object({
    theme: z.enum(['patriotic', 'cultural', 'volunteering', 'other']),
    level: z.enum(['international', 'national', 'city', 'university']),
    name: line,
    place: line.describe('where it was held'),
  }),
  title: ({ name }) => name,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
