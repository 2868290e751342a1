import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A sports event organised at the university. */
export const sportEvent = defineEvidenceKind({
  kind: 'sport-event',
  unit: 'event',
  schema: z.object({ name: line, place: line.describe('where it was held') }),
  title: ({ name }) => name,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
