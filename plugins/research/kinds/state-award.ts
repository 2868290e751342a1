import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A prize, scholarship or award of the state for science. */
export const stateAward = defineEvidenceKind({
  kind: 'state-award',
  unit: 'item',
  schema: z.object({ type: z.enum(['prize', 'scholarship', 'award']), title: line, order: line }),
  title: ({ title }) => title,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: scans,
})
