import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { journalIndexes, reach } from '../work.ts'
import { scans } from '../files.ts'

/** Editing of a journal in one year. null: unknown. */
export const editorship = defineEvidenceKind({
  kind: 'editorship',
  unit: 'item',
  schema: z.object({
    journal: z.string().trim().min(1).max(500),
    year: z.int().min(1900).max(2200),
    position: z.enum(['editor-in-chief', 'editor', 'guest-editor', 'board-member']),
    index: z.enum(journalIndexes).nullable().default(null),
    level: reach,
    refereed: z.boolean().nullable().default(null),
  }),
  title: ({ journal, year }) => `${journal} (${year})`,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: { ...scans, required: true },
})
