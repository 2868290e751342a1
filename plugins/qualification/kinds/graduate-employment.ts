import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** How many of a programme's graduates of one year are employed. */
export const graduateEmployment = defineEvidenceKind({
  kind: 'graduate-employment',
  unit: 'percent',
  schema: z.object({
    programme: line,
    graduationYear: z.int().min(1990).max(2200),
    percent: z.number().min(0).max(100),
  }),
  title: ({ programme, graduationYear, percent }) => `${programme} ${graduationYear}: ${percent} %`,
  identity: ({ programme, graduationYear }) => `${programme} ${graduationYear}`,
  roles: [],
  participants: 'many',
  files: scans,
})
