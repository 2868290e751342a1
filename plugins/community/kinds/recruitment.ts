import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** Applicants who were won by the teacher and enrolled by one order. */
export const recruitment = defineEvidenceKind({
  kind: 'recruitment',
  unit: 'person',
  schema: z.object({
    origin: z.enum(['abroad', 'kazakhstan']),
    order: line.describe('number and date of the enrolment order'),
    applicants: z.int().min(1).max(1000).describe('enrolled applicants'),
  }),
  title: ({ order, applicants }) => `${order}: ${applicants}`,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: scans,
})
