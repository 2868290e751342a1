import { defineEvidenceKind } from '@ustaz/core/plugin'
import { scans } from '../files.ts'
import { compareEntries, workIdentity } from '../identity.ts'
import { journalStandings, standingSchema } from '../journals/standing.ts'
import type { PublicationTables } from '../tables.ts'
import { workSchema } from '../work.ts'

/**
 * A published work. Where the DOI leads to it no file is needed, and a kind of evidence cannot demand a file of some entries
 * only, so none is demanded; who approves can return a work without DOI until its pages are attached.
 */
export const work = defineEvidenceKind<typeof workSchema, PublicationTables>({
  kind: 'work',
  unit: 'item',
  schema: workSchema,
  title: ({ title }) => title,
  identity: workIdentity,
  compare: compareEntries,
  roles: ['author', 'corresponding-author', 'editor'],
  participants: 'many',
  files: { ...scans, required: false },
  enrich: ({ evidence }) => journalStandings(evidence),
  enrichedAttributes: standingSchema,
})
