import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** An award for science or art that is not the state's: who gave it, how it is given, for what. */
export const award = defineEvidenceKind({
  kind: 'award',
  unit: 'item',
  schema: z.object({
    title: line,
    grantedBy: line,
    body: z
      .enum(['national-science-body', 'institution', 'competition'])
      .describe(
        'academy or council of science of the country; another institution; the jury of a competition',
      ),
    location: z.enum(['abroad', 'domestic']).describe('where the body sits'),
    level: z.enum(['international', 'national']),
    subject: z.enum(['science', 'fine-arts', 'architecture']),
    form: z.enum(['prize', 'certificate', 'scholarship', 'incentive']),
    jury: z.enum(['academic', 'other', 'none']),
    timesBefore: z
      .int()
      .min(0)
      .max(10_000)
      .nullable()
      .default(null)
      .describe('how often it was given before; null: unknown'),
  }),
  title: ({ title, grantedBy }) => `${title} (${grantedBy})`,
  identity: () => null,
  roles: [],
  participants: 'many',
  files: scans,
})
