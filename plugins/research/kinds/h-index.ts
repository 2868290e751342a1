import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { scans } from '../files.ts'

/** A teacher's h-index on the day of the certificate (Hirsch 2005): h works with at least h citations each. */
export const hIndex = defineEvidenceKind({
  kind: 'h-index',
  unit: 'value',
  schema: z.object({
    database: z.enum(['scopus', 'wos', 'google-scholar']),
    profile: z.string().trim().min(1).max(100).describe('identifier of the author in the database'),
    year: z.int().min(2005).max(2200),
    value: z.int().min(0).max(1000),
  }),
  title: ({ database, year, value }) => `${database} ${year}: h = ${value}`,
  identity: ({ database, profile, year }) => `${database} ${profile} ${year}`,
  roles: [],
  participants: 'one',
  lasting: true,
  files: scans,
})
