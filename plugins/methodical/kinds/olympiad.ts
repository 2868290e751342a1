import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** One place students took at an olympiad or contest in a subject, prepared by the teacher. */
export const olympiad = defineEvidenceKind({
  kind: 'olympiad',
  unit: 'item',
  schema: z.object({
    level: z.enum(['international', 'national']),
    name: line,
    subject: line,
    students: line.describe('names of the students or of the team'),
    place: z.int().min(1).max(1000),
  }),
  title: ({ name, students, place }) => `${name}: ${students}, ${place}`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
