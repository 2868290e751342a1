import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** An original design that was put into use, made or shown. A design protected by a right is intellectual property. */
export const design = defineEvidenceKind({
  kind: 'design',
  unit: 'item',
  schema: z.object({
    type: z.enum([
      'industrial',
      'environmental',
      'graphic',
      'stage',
      'fashion',
      'instrument',
      'architectural',
    ]),
    title: line,
    client: line.describe('for whom it was made, or where it is used'),
  }),
  title: ({ title, client }) => `${title} (${client})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
