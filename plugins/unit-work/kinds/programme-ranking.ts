import { defineEvidenceKind } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import { z } from 'zod'
import { line, year } from '../fields.ts'
import { scans } from '../files.ts'

const place = z.int().min(1).max(10_000)

/** The place of an educational programme in a ranking of one year, with the place it had before. */
export const programmeRanking = defineEvidenceKind({
  kind: 'programme-ranking',
  unit: 'item',
  schema: z.object({
    programme: line,
    ranking: line,
    level: z.enum(['international', 'national']),
    year,
    place,
    previousPlace: place
      .nullable()
      .default(null)
      .describe('in the same ranking before; null: it was not ranked'),
  }),
  title: ({ programme, ranking, year: of, place: reached }) => `${programme}: ${ranking} ${of}, ${reached}`,
  identity: ({ programme, ranking, year: of }) => `${ranking} ${of} ${programme}`,
  roles: [],
  participants: 'many',
  files: scans,
  enrich: ({ evidence }) => sql`
    select evidence_id, jsonb_build_object(
      'placesGained', (data ->> 'previousPlace')::int - (data ->> 'place')::int) as attributes
    from ${evidence} as entry`,
  enrichedAttributes: z.object({
    placesGained: z
      .int()
      .nullable()
      .describe('above 0: moved up; below 0: moved down; null: no place before'),
  }),
})
