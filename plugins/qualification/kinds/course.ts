import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, optionalLine } from '../fields.ts'
import { scans } from '../files.ts'

/** A course, seminar or training attended, with a certificate. */
export const course = defineEvidenceKind({
  kind: 'course',
  unit: 'item',
  schema: z.object({
    title: line,
    provider: line,
    hours: z.number().positive().max(5000).describe('academic hours'),
    number: optionalLine.describe('number of the certificate'),
  }),
  title: ({ title, provider }) => `${title} (${provider})`,
  identity: ({ provider, number }) => (number === null ? null : `${provider} ${number}`),
  roles: [],
  participants: 'one',
  files: scans,
})
