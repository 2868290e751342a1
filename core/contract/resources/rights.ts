import { z } from 'zod'
import { defineRoute } from '../route.ts'

/**
 * How far a right reaches. own: what is about oneself; unit: the unit in which the role holds, with all below it; turn: what comes, or
 * came, to one's unit for approval; all: the whole university.
 */
export const reachSchema = z.enum(['own', 'unit', 'turn', 'all'])
export type RightsReach = z.infer<typeof reachSchema>

export const rightsTableSchema = z.object({
  /** In the order of the columns. */
  roles: z.array(z.string()),
  resources: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      actions: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          /** By role; one that is absent may not. */
          reach: z.record(z.string(), reachSchema),
          /** How far it reaches for the asker; empty: the asker may not. */
          mine: z.array(reachSchema),
        }),
      ),
    }),
  ),
})
export type RightsTable = z.infer<typeof rightsTableSchema>

export const getRights = defineRoute({
  method: 'GET',
  path: '/rights',
  summary: 'The table of rights: what each role may do and how far it reaches, and what the asker may do',
  tag: 'access',
  action: 'access.self',
  response: rightsTableSchema,
})
