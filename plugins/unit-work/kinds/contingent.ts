import { defineEvidenceKind } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import { z } from 'zod'
import { line, people, year } from '../fields.ts'
import { scans } from '../files.ts'

const some = z.int().min(0).max(100_000).nullable().default(null)

/** Students of a unit on the day of the register, in all and of some sorts. */
export const contingent = defineEvidenceKind({
  kind: 'contingent',
  unit: 'person',
  schema: z
    .object({
      unitName: line.describe('department or faculty'),
      year,
      students: people.describe('all students'),
      grantStudents: some.describe('of them paid for by the state'),
      masterStudents: some.describe("of them in master's programmes"),
    })
    .refine(({ students, grantStudents }) => (grantStudents ?? 0) <= students, {
      path: ['grantStudents'],
      params: { code: 'unit-work.part-above-whole' },
    })
    .refine(({ students, masterStudents }) => (masterStudents ?? 0) <= students, {
      path: ['masterStudents'],
      params: { code: 'unit-work.part-above-whole' },
    }),
  title: ({ unitName, year: of, students }) => `${unitName} ${of}: ${students}`,
  identity: ({ unitName, year: of }) => `${of} ${unitName.toLowerCase()}`,
  roles: [],
  participants: 'many',
  files: scans,
  enrich: ({ evidence }) => sql`
    select evidence_id, jsonb_build_object(
      'masterPercent', round(100 * (data ->> 'masterStudents')::numeric / (data ->> 'students')::numeric, 12)) as attributes
    from ${evidence} as entry`,
  enrichedAttributes: z.object({
    masterPercent: z
      .number()
      .min(0)
      .max(100)
      .nullable()
      .describe('100 x masterStudents / students, carried to 12 decimals'),
  }),
})
