import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** An act that says where a result of research is used. */
export const implementationAct = defineEvidenceKind({
  kind: 'implementation-act',
  unit: 'item',
  schema: z.object({ target: z.enum(['production', 'teaching']), title: line, organisation: line }),
  title: ({ title, organisation }) => `${title} (${organisation})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
