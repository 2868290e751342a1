import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A branch of the department at an enterprise, by one contract. */
export const branch = defineEvidenceKind({
  kind: 'branch',
  unit: 'item',
  schema: z.object({ enterprise: line, contract: line.describe('number and date of the contract') }),
  title: ({ enterprise, contract }) => `${enterprise} (${contract})`,
  identity: ({ contract }) => contract,
  roles: [],
  participants: 'many',
  files: scans,
})
