import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** A massive open online course of one's own. */
export const mooc = defineEvidenceKind({
  kind: 'mooc',
  unit: 'course',
  schema: z.object({
    title: line,
    platform: z.enum(['ministry-recommended', 'own', 'international']),
    address: z.url().max(500).nullable().default(null),
  }),
  title: ({ title }) => title,
  identity: ({ address }) => address,
  roles: [],
  participants: 'many',
  files: scans,
})
