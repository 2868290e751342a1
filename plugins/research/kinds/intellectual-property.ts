import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A patent or a copyright certificate. */
export const intellectualProperty = defineEvidenceKind({
  kind: 'intellectual-property',
  unit: 'item',
  schema: z.object({
    type: z.enum(['invention', 'utility-model', 'industrial-design', 'copyright']),
    scope: z.enum(['international', 'national', 'other']).describe('where the right is protected'),
    title: line,
    number: line.describe('number of the patent or certificate'),
    ownedByUniversity: z.boolean(),
    fromStudentProject: z.boolean(),
  }),
  title: ({ title, number }) => `${title} (${number})`,
  identity: ({ scope, type, number }) => `${scope} ${type} ${number}`,
  roles: [],
  participants: 'many',
  files: scans,
})
