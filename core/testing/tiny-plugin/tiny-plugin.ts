import { sql } from 'kysely'
import { z } from 'zod'
import { defineRoute } from '../../contract/route.ts'
import { defineEvidenceKind, defineIndicator, definePlugin } from '../../plugin/definition.ts'
import type { Plugin } from '../../plugin/definition.ts'
import type { PluginContext } from '../../plugin/context.ts'
import { definePointsFunction } from '../../plugin/points-function.ts'
import { defineWeighting } from '../../plugin/weighting.ts'
import { handleRoute } from '../../plugin/route.ts'

interface Tables {
  medal: { teacher_id: number; won_on: string; metal: string }
  metal_worth: { metal: string; worth: string }
}

const race = defineEvidenceKind({
  kind: 'race',
  unit: 'event',
  schema: z.object({
    name: z.string().trim().min(1),
    metal: z.enum(['gold', 'silver']).nullable().default(null),
  }),
  title: ({ name }) => name,
  identity: ({ name }) => name.toLowerCase(),
  roles: ['runner'],
  participants: 'many' as const,
  files: { required: false, maxBytes: 1000, mediaTypes: ['application/pdf'] },
  enrich: ({ evidence }) =>
    sql`select e.evidence_id, jsonb_build_object('worth', m.worth) as attributes
      from ${evidence} e join ${sql.table('plugin_tiny.metal_worth')} m on m.metal = e.data ->> 'metal'`,
  enrichedAttributes: z.object({ worth: z.number() }),
})

const medal = defineIndicator<Tables>({
  id: 'medal',
  unit: 'item',
  better: 'higher',
  attributes: z.object({ metal: z.string() }),
  facts: ({ db, period }) =>
    db
      .selectFrom('medal')
      .select([
        'teacher_id',
        'won_on as happened_on',
        sql<string>`1::numeric`.as('quantity'),
        sql`jsonb_build_object('metal', metal)`.as('attributes'),
      ])
      .where('won_on', '>=', period.from)
      .where('won_on', '<=', period.to),
})

const even = defineWeighting({
  id: 'even',
  params: z.strictObject({}),
  needs: 'scores',
  weigh: ({ areas, scores }) => ({
    weights: Object.fromEntries(areas.map((area) => [area, 1 / areas.length])),
    how: { teachers: scores?.rows ?? 0 },
  }),
})

/** The faster the race, the more: what lies under the limit, times the params' points. */
const pace = definePointsFunction({
  id: 'pace',
  params: z.strictObject({ limit: z.number().positive(), points: z.number().default(1) }),
  values: z.object({ minutes: z.number().min(0), participants: z.int().nullable() }),
  points: ({ params, values }) => Math.max(0, params.limit - values.minutes) * params.points,
})

const texts = {
  name: 'Tiny',
  description: 'For tests',
  kinds: {
    race: {
      name: 'Race',
      fields: { name: 'Name', metal: 'Metal', worth: 'Worth' },
      values: { metal: { gold: 'Gold', silver: 'Silver' } },
      roles: { runner: 'Runner' },
    },
  },
  indicators: { medal: { name: 'Medal' } },
  weightings: { even: { name: 'Even' } },
  functions: { pace: { name: 'Pace' } },
  problem: { tired: 'Too tired: {reason}' },
}

const countMedals = defineRoute({
  method: 'GET',
  path: '/medals',
  summary: 'How many medals there are',
  tag: 'tiny',
  action: 'people.read',
  response: z.object({ count: z.int(), least: z.number() }),
})

/** A plugin that uses every part of the interface, for tests of the host and of the contract suites. */
export const tinyPlugin: Plugin<Tables> = definePlugin<Tables>()({
  id: 'tiny',
  version: '1.2.3',
  messages: { kk: texts, ru: texts, en: texts },
  migrations: new URL('./migrations/', import.meta.url),
  settings: z.object({ least: z.number().min(0).default(5) }),
  personalData: {
    medal: {
      person: { teacher: 'teacher_id' },
      purpose: 'evidence',
      basis: 'employment',
      keep: { yearsAfterLeaving: 3 },
      readBy: 'evidence.read',
      columns: ['teacher_id'],
      erase: 'rows',
    },
  },
  evidence: [race],
  indicators: [medal],
  weightings: [even],
  functions: [pace],
  routes: [
    handleRoute(countMedals, async (_, { db, settings }: PluginContext<Tables>) => {
      const { count } = await db
        .selectFrom('medal')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return { count, least: Number(settings['least']) }
    }),
  ],
})
