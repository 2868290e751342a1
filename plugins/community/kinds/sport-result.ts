import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A prize place of students in a sports competition, prepared by the teacher. */
export const sportResult = defineEvidenceKind({
  kind: 'sport-result',
  unit: 'item',
  schema: z.object({
    level: z.enum(['international', 'national', 'city', 'university']),
    competition: line,
    students: line.describe('names of the students or of the team'),
    place: z.int().min(1).max(3),
  }),
  title: ({ competition, students, place }) => `${competition}: ${students}, ${place}`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
