import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** One check of quality: as an auditor of the university elsewhere, or by the staff's plan of the quality commission. */
export const audit = defineEvidenceKind({
  kind: 'audit',
  unit: 'item',
  schema: z.object({
    type: z.enum(['internal-audit', 'quality-commission']),
    checked: line.describe('what was checked: unit, process'),
    report: line.describe('number and date of the report or order'),
  }),
  title: ({ checked, report }) => `${checked} (${report})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
