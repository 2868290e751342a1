import { defineEvidenceKind } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import { z } from 'zod'
import { line, year } from '../fields.ts'
import { scans } from '../files.ts'

const count = z.int().max(1_000_000)

/** How large a part of something in the unit is of a certain sort; the two numbers are entered, the percentage follows. */
export const share = defineEvidenceKind({
  kind: 'share',
  unit: 'percent',
  schema: z
    .object({
      measure: z.enum([
        'practitioner-teachers',
        'commissioned-theses',
        'start-up-theses',
        'employed-graduates',
        'distinguished-entrants',
      ]),
      unitName: line.describe('department or faculty'),
      year,
      part: count.min(0),
      whole: count.min(1),
    })
    .refine(({ part, whole }) => part <= whole, {
      path: ['part'],
      params: { code: 'unit-work.part-above-whole' },
    }),
  title: ({ unitName, measure, year: of, part, whole }) => `${unitName} ${of}: ${measure} ${part}/${whole}`,
  identity: ({ unitName, measure, year: of }) => `${measure} ${of} ${unitName.toLowerCase()}`,
  roles: [],
  participants: 'many',
  files: scans,
  enrich: ({ evidence }) => sql`
    select evidence_id, jsonb_build_object(
      'percent', round(100 * (data ->> 'part')::numeric / (data ->> 'whole')::numeric, 12)) as attributes
    from ${evidence} as entry`,
  enrichedAttributes: z.object({
    percent: z.number().min(0).max(100).describe('100 x part / whole, carried to 12 decimals'),
  }),
})
