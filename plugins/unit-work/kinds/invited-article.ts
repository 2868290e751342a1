import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, location } from '../fields.ts'
import { scans } from '../files.ts'

/** An article of somebody from elsewhere that the unit won for a journal of the university. */
export const invitedArticle = defineEvidenceKind({
  kind: 'invited-article',
  unit: 'item',
  schema: z.object({ journal: line, title: line, author: line, authorLocation: location }),
  title: ({ title, journal }) => `${title} (${journal})`,
  identity: ({ journal, title }) => `${journal} ${title}`.toLowerCase(),
  roles: [],
  participants: 'many',
  files: scans,
})
