import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { scans } from '../files.ts'

/** How much of a teacher's individual plan of the academic year was fulfilled. Not points: a condition to be ranked. */
export const individualPlan = defineEvidenceKind({
  kind: 'individual-plan',
  unit: 'percent',
  schema: z.object({
    academicYear: z.string().regex(/^\d{4}\/\d{4}$/),
    percent: z.number().min(0).max(200),
  }),
  title: ({ academicYear, percent }) => `${academicYear}: ${percent} %`,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: { ...scans, required: false },
})
