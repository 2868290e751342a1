import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, optionalLine } from '../fields.ts'
import { scans } from '../files.ts'

/** One year's stage of a research project; a project of three years is entered once for each year. null: unknown. */
export const project = defineEvidenceKind({
  kind: 'project',
  unit: 'item',
  schema: z.object({
    type: z.enum(['state-budget', 'contract', 'initiative', 'experimental-development', 'international']),
    title: line,
    number: line.describe('number of the contract or of the registration card'),
    stageYear: z.int().min(1990).max(2200),
    programme: optionalLine.describe('programme or call that funds it, as the regulation names it'),
    months: z
      .number()
      .positive()
      .max(240)
      .nullable()
      .default(null)
      .describe('how long the project is funded'),
    concluded: z
      .boolean()
      .nullable()
      .default(null)
      .describe('this stage is the last, its report was accepted'),
    withForeigners: z
      .boolean()
      .nullable()
      .default(null)
      .describe('carried out together with people from abroad'),
  }),
  title: ({ title, stageYear }) => `${title} (${stageYear})`,
  identity: ({ number, stageYear }) => `${number} ${stageYear}`,
  roles: ['executor', 'lead', 'fellow'],
  participants: 'many',
  files: scans,
})
