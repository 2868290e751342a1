import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { scans } from '../files.ts'

/** Experts who agreed to answer the survey of a university ranking; their names stay in the attached list. */
export const rankingExpert = defineEvidenceKind({
  kind: 'ranking-expert',
  unit: 'person',
  schema: z.object({
    ranking: z.enum(['qs', 'the', 'other']),
    group: z.enum(['academics', 'employers']),
    experts: z.int().min(1).max(1000),
  }),
  title: ({ ranking, group, experts }) => `${ranking} ${group}: ${experts}`,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: scans,
})
