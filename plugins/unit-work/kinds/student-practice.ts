import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, location, people } from '../fields.ts'
import { scans } from '../files.ts'

/** Students sent to a partner for practice by one order. */
export const studentPractice = defineEvidenceKind({
  kind: 'student-practice',
  unit: 'person',
  schema: z.object({
    partner: line,
    partnerLocation: location,
    mode: z.enum(['offline', 'online']),
    order: line.describe('number and date of the order'),
    students: people,
  }),
  title: ({ partner, order, students }) => `${partner}, ${order}: ${students}`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
