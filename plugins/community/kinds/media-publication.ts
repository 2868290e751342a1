import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A publication or broadcast about the department, the faculty or the university. */
export const mediaPublication = defineEvidenceKind({
  kind: 'media-publication',
  unit: 'item',
  schema: z.object({
    medium: z.enum(['press', 'online', 'television', 'radio']),
    outlet: line,
    title: line,
    address: z.url().max(500).nullable().default(null),
  }),
  title: ({ title, outlet }) => `${title} (${outlet})`,
  identity: ({ address }) => address,
  roles: [],
  participants: 'many',
  files: scans,
})
