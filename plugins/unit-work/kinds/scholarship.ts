import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, people } from '../fields.ts'
import { scans } from '../files.ts'

/** Students of the unit who hold a grant or a named scholarship, by one order. */
export const scholarship = defineEvidenceKind({
  kind: 'scholarship',
  unit: 'person',
  schema: z.object({
    type: z.enum(['university-grant', 'partner-grant', 'named-scholarship']),
    order: line.describe('number and date of the order'),
    holders: people,
  }),
  title: ({ order, holders }) => `${order}: ${holders}`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
