import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** An online course of others that became part of a discipline. */
export const integratedCourse = defineEvidenceKind({
  kind: 'integrated-course',
  unit: 'item',
  schema: z.object({
    platform: z.enum(['coursera', 'edx', 'other']),
    course: line,
    discipline: line,
    grading: z.boolean().describe('a grading system for the discipline was worked out'),
  }),
  title: ({ course, discipline }) => `${course} (${discipline})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
