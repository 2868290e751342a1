import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line } from '../fields.ts'
import { scans } from '../files.ts'

/** Lectures given at a partner university or enterprise. */
export const guestLecture = defineEvidenceKind({
  kind: 'guest-lecture',
  unit: 'item',
  schema: z.object({
    host: line,
    topic: line,
    location: z.enum(['abroad', 'kazakhstan']),
    mode: z.enum(['offline', 'online']),
    credits: z.number().positive().max(60),
    weeks: z.number().positive().max(52),
  }),
  title: ({ topic, host }) => `${topic} (${host})`,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: scans,
})
