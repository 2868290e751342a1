import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { journalIndexes, publisherFields, reach } from '../work.ts'
import { scans } from '../files.ts'

/** Citations of one work that appeared in one year in sources of one kind. null: unknown. */
export const citation = defineEvidenceKind({
  kind: 'citation',
  unit: 'item',
  schema: z.object({
    citedWork: z.string().trim().min(1).max(500),
    year: z.int().min(1900).max(2200).describe('in which the citing sources appeared'),
    source: z.enum(['journal', 'book', 'art']),
    index: z.enum(journalIndexes).nullable().default(null).describe('of citing journals'),
    level: reach.describe('reach of the citing journals, publishers or sources'),
    refereed: z.boolean().nullable().default(null),
    ...publisherFields,
    citations: z.int().min(1).max(100_000),
  }),
  title: ({ citedWork, citations }) => `${citedWork}: ${citations}`,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: { ...scans, required: true },
})
