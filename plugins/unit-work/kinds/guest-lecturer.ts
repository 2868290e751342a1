import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, location } from '../fields.ts'
import { scans } from '../files.ts'

/** Somebody from another university or enterprise who taught students of the unit. */
export const guestLecturer = defineEvidenceKind({
  kind: 'guest-lecturer',
  unit: 'person',
  schema: z.object({
    lecturer: line,
    organisation: line,
    origin: location,
    mode: z.enum(['offline', 'online']),
    credits: z.number().positive().max(60),
    weeks: z.number().positive().max(52),
    postRate: z
      .number()
      .positive()
      .max(1.5)
      .nullable()
      .default(null)
      .describe('part of a full post the lecturer holds; null: invited without a post'),
  }),
  title: ({ lecturer, organisation }) => `${lecturer} (${organisation})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
