import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, optionalLine } from '../fields.ts'
import { scans } from '../files.ts'

/** An educational programme prepared together with a partner. */
export const jointProgramme = defineEvidenceKind({
  kind: 'joint-programme',
  unit: 'item',
  schema: z.object({
    type: z.enum(['joint', 'double-degree']),
    title: line,
    partner: line,
    registryNumber: optionalLine.describe('number in the register of educational programmes'),
  }),
  title: ({ title, partner }) => `${title} (${partner})`,
  identity: ({ registryNumber }) => registryNumber,
  roles: [],
  participants: 'many',
  files: scans,
})
