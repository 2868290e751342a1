import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, optionalLine } from '../fields.ts'
import { scans } from '../files.ts'

/** An application submitted to a competition for research grants. */
export const grantApplication = defineEvidenceKind({
  kind: 'grant-application',
  unit: 'item',
  schema: z.object({
    level: z.enum(['international', 'national']),
    title: line,
    competition: line,
    number: optionalLine.describe('registration number of the application'),
  }),
  title: ({ title, competition }) => `${title} (${competition})`,
  identity: ({ number }) => number,
  roles: ['executor', 'lead'],
  participants: 'many',
  files: scans,
})
