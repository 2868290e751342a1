import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'

/** What a teacher's full load is made of; permanent names. The last three belong to no area of most regulations. */
export const activities = [
  'teaching',
  'methodical',
  'research',
  'upbringing',
  'qualification',
  'service',
  'administration',
  'other',
] as const
export type Activity = (typeof activities)[number]

const percent = z.number().min(0).max(100).describe('percent of the full load')

/** How a teacher's load of the period is divided, as the individual plan says; the newest entry of the period counts. */
export const effort = defineEvidenceKind({
  kind: 'effort',
  unit: 'percent',
  schema: z.object({
    teaching: percent,
    methodical: percent,
    research: percent,
    upbringing: percent,
    qualification: percent,
    service: percent,
    administration: percent,
    other: percent,
  } satisfies Record<Activity, z.ZodType>),
  title: (load) => activities.map((activity) => load[activity]).join(' / '),
  identity: () => null,
  roles: [],
  participants: 'one',
  lasting: true,
  files: { required: false, maxBytes: 10_000_000, mediaTypes: ['application/pdf'] },
})
