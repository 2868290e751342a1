import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** One year's stage of a research project; a project of three years is entered once for each year. */
export const project = defineEvidenceKind({
  kind: 'project',
  unit: 'item',
  schema: z.object({
    type: z.enum(['state-budget', 'contract', 'initiative', 'experimental-development']),
    title: line,
    number: line.describe('number of the contract or of the registration card'),
    stageYear: z.int().min(1990).max(2200),
  }),
  title: ({ title, stageYear }) => `${title} (${stageYear})`,
  identity: ({ number, stageYear }) => `${number} ${stageYear}`,
  roles: ['executor', 'lead'],
  participants: 'many',
  files: scans,
})
