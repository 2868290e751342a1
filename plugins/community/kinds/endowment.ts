import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** Money the teacher raised for the university's endowment fund. */
export const endowment = defineEvidenceKind({
  kind: 'endowment',
  unit: '1000-tenge',
  schema: z.object({
    donor: line,
    receipt: line.describe('number of the receipt'),
    tenge: z.number().positive().max(1e12),
  }),
  title: ({ donor, tenge }) => `${donor}: ${tenge} ₸`,
  identity: ({ receipt }) => receipt,
  roles: [],
  participants: 'one',
  files: scans,
})
