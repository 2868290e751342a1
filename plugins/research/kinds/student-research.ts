import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** Students who took part in a scientific conference or in a contest of students' research, led by the teacher. */
export const studentResearch = defineEvidenceKind({
  kind: 'student-research',
  unit: 'item',
  schema: z.object({
    level: z.enum(['international', 'national', 'city', 'university']),
    event: line,
    students: line.describe('names of the students'),
    prize: z.boolean().describe('a prize place was taken'),
  }),
  title: ({ event, students }) => `${event}: ${students}`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
