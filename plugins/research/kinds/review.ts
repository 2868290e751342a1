import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A written review of somebody else's work. */
export const review = defineEvidenceKind({
  kind: 'review',
  unit: 'item',
  schema: z.object({
    subject: z.enum(['monograph', 'textbook', 'master-thesis', 'article']),
    title: line.describe('title of the reviewed work'),
  }),
  title: ({ title }) => title,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: scans,
})
