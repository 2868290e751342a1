import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** An original exhibition, concert, performance or screening, of one's own works or with others. */
export const exhibition = defineEvidenceKind({
  kind: 'exhibition',
  unit: 'event',
  schema: z.object({
    type: z.enum(['exhibition', 'concert', 'performance', 'screening']),
    title: line,
    venue: line,
    location: z.enum(['abroad', 'domestic']),
    form: z.enum(['solo', 'group']),
  }),
  title: ({ title, venue }) => `${title} (${venue})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
