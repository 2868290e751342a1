import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** Work in a body that decides or advises about research. */
export const membership = defineEvidenceKind({
  kind: 'membership',
  unit: 'item',
  schema: z.object({
    body: z.enum(['scientific-technical-council', 'working-group']),
    name: line,
    order: line.describe('number and date of the order'),
  }),
  title: ({ name }) => name,
  identity: () => null,
  roles: [],
  participants: 'one',
  lasting: true,
  files: scans,
})
