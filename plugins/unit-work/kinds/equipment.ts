import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** Equipment for research that a laboratory of the unit received by one contract. */
export const equipment = defineEvidenceKind({
  kind: 'equipment',
  unit: 'item',
  schema: z.object({
    laboratory: line,
    name: line,
    contract: line.describe('number and date of the contract'),
    items: z.int().min(1).max(1000),
  }),
  title: ({ name, laboratory, items }) => `${name} (${laboratory}): ${items}`,
  identity: ({ contract, name }) => `${contract} ${name}`,
  roles: [],
  participants: 'many',
  files: scans,
})
