import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'
import { isbn } from '../isbn.ts'

/** A printed textbook or teaching manual with the recommendation it carries. */
export const textbook = defineEvidenceKind({
  kind: 'textbook',
  unit: 'printed-sheet',
  schema: z.object({
    type: z.enum(['textbook', 'manual']),
    title: line,
    stamp: z
      .enum(['republican-council', 'university-council', 'none'])
      .describe('who recommends it: the ministry’s republican council or a council of the university'),
    sheets: z.number().positive().max(500).describe('printed sheets of the whole book'),
    isbn: isbn.nullable().default(null),
  }),
  title: ({ title }) => title,
  identity: (book) => book.isbn,
  roles: [],
  participants: 'many',
  files: scans,
})
