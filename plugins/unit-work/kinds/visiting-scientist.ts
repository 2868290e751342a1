import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, location } from '../fields.ts'
import { scans } from '../files.ts'

/** A scientist from elsewhere won for joint research, by one contract. */
export const visitingScientist = defineEvidenceKind({
  kind: 'visiting-scientist',
  unit: 'person',
  schema: z.object({
    scientist: line,
    organisation: line,
    origin: location,
    contract: line.describe('number and date of the contract'),
  }),
  title: ({ scientist, organisation }) => `${scientist} (${organisation})`,
  identity: ({ contract, scientist }) => `${contract} ${scientist}`,
  roles: [],
  participants: 'many',
  files: scans,
})
