import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, location, people } from '../fields.ts'
import { scans } from '../files.ts'

/** Students who study a semester at a partner university, or come from one, by one order. */
export const studentMobility = defineEvidenceKind({
  kind: 'student-mobility',
  unit: 'person',
  schema: z.object({
    direction: z.enum(['incoming', 'outgoing']),
    partner: line,
    partnerLocation: location,
    order: line.describe('number and date of the order'),
    students: people,
  }),
  title: ({ partner, order, students }) => `${partner}, ${order}: ${students}`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
