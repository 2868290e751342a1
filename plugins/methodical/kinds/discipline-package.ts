import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** Teaching materials of a discipline that is new in a programme: syllabus, guides for classes and for own work. */
export const disciplinePackage = defineEvidenceKind({
  kind: 'discipline-package',
  unit: 'item',
  schema: z.object({ discipline: line, programme: line }),
  title: ({ discipline, programme }) => `${discipline} (${programme})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
