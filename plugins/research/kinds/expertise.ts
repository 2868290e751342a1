import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** An expert's conclusion on a document that somebody will decide about. */
export const expertise = defineEvidenceKind({
  kind: 'expertise',
  unit: 'item',
  schema: z.object({
    subject: z.enum(['monograph', 'textbook', 'grant']),
    title: line.describe('title of the document'),
    client: line.describe('who asked for the conclusion'),
  }),
  title: ({ title, client }) => `${title} (${client})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
