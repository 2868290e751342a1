import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A microcredential worked out and made part of an educational programme. */
export const microcredential = defineEvidenceKind({
  kind: 'microcredential',
  unit: 'item',
  schema: z.object({ title: line, programme: line }),
  title: ({ title, programme }) => `${title} (${programme})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
