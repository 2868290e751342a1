import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A published recording of a performance, in sound or pictures. */
export const recording = defineEvidenceKind({
  kind: 'recording',
  unit: 'item',
  schema: z.object({
    medium: z.enum(['audio', 'video']),
    title: line,
    publisher: line,
    level: z.enum(['international', 'national']).describe('where it was published'),
    form: z.enum(['solo', 'group']),
  }),
  title: ({ title, publisher }) => `${title} (${publisher})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
