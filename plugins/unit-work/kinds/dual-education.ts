import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, people } from '../fields.ts'
import { scans } from '../files.ts'

/** Disciplines that students learn partly at an enterprise, by one contract. */
export const dualEducation = defineEvidenceKind({
  kind: 'dual-education',
  unit: 'item',
  schema: z.object({
    enterprise: line,
    contract: line.describe('number and date of the contract'),
    disciplines: z.int().min(1).max(1000).describe('disciplines of the curricula taught so'),
    students: people.describe('students who learn them'),
  }),
  title: ({ enterprise, contract }) => `${enterprise} (${contract})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
