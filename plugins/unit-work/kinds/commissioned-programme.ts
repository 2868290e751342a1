import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, optionalLine } from '../fields.ts'
import { scans } from '../files.ts'

/** A new kind of programme that was worked out and is taught because enterprises or their associations ordered it. */
export const commissionedProgramme = defineEvidenceKind({
  kind: 'commissioned-programme',
  unit: 'item',
  schema: z.object({
    programme: line,
    level: z.enum(['bachelor', 'master', 'doctorate']),
    client: line.describe('enterprise or association that ordered it'),
    registryNumber: optionalLine.describe('number in the register of educational programmes'),
  }),
  title: ({ programme, client }) => `${programme} (${client})`,
  identity: ({ registryNumber }) => registryNumber,
  roles: [],
  participants: 'many',
  files: scans,
})
