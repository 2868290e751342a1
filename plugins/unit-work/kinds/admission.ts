import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, people } from '../fields.ts'
import { scans } from '../files.ts'

/** People admitted to programmes of the unit by one order. */
export const admission = defineEvidenceKind({
  kind: 'admission',
  unit: 'person',
  schema: z.object({
    level: z.enum(['bachelor', 'master', 'doctorate']),
    order: line.describe('number and date of the order'),
    entrants: people,
  }),
  title: ({ order, entrants }) => `${order}: ${entrants}`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
