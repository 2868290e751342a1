import { z } from 'zod'
import { daySchema, decimalSchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { localizedTextSchema } from '../text.ts'
import { importReportSchema } from './people.ts'

/** review: nothing is public; published: the comparison is, the run's places are not; ended: the run is read like any other. */
export const shadowStates = ['review', 'published', 'ended'] as const
export const shadowMoves = ['publish', 'withdraw', 'end'] as const

const correlation = z.number().min(-1).max(1).nullable()
/** How an old rating and a run order those who are ranked in both, in one league of the run. */
const shadowLeagueSchema = z.object({
  league: z.string(),
  title: localizedTextSchema,
  /** Ranked in both. */
  count: z.int(),
  /** What orders them in the old rating; null: neither gives one order for all of them (two old leagues, figures missing). */
  oldOrder: z.enum(['place', 'total']).nullable(),
  /** null: there is no order to compare, or everybody is equal. */
  spearman: correlation,
  kendall: correlation,
  /** Places as both ratings order these people. */
  rose: z.int(),
  fell: z.int(),
  kept: z.int(),
  /** Half of them moved by so many places or fewer; null: there is no order. */
  medianMove: z.number().min(0).nullable(),
})
export type ShadowLeague = z.infer<typeof shadowLeagueSchema>

const shadowSummarySchema = z.object({
  runId: z.int(),
  state: z.enum(shadowStates),
  publishedAt: z.iso.datetime().nullable(),
  compared: z.int(),
  onlyOld: z.int(),
  onlyNew: z.int(),
  leagues: z.array(shadowLeagueSchema),
})
export type ShadowSummary = z.infer<typeof shadowSummarySchema>

export const shadowPartSchema = z.enum(['both', 'old', 'new'])
export const shadowRowSchema = z.object({
  /** both: ranked in both; old, new: only there. */
  part: shadowPartSchema,
  code: z.string(),
  /** null: the old rating names somebody the run does not hold. */
  teacherId: z.int().nullable(),
  name: z.string().nullable(),
  oldLeague: z.string().nullable(),
  oldPlace: z.int().nullable(),
  oldTotal: decimalSchema.nullable(),
  league: z.string().nullable(),
  status: z.enum(['ranked', 'excluded', 'blocked']).nullable(),
  place: z.int().nullable(),
  total: decimalSchema.nullable(),
  /** Later place less earlier one, both among those ranked in both; negative is a rise. null: not compared. */
  move: z.int().nullable(),
})
export type ShadowRow = z.infer<typeof shadowRowSchema>

const tag = 'runs'
const byId = z.object({ id: idSchema })
/** null: no old rating is kept beside the run, or nothing of it is published. */
const asked = z.object({ shadow: shadowSummarySchema.nullable() })
const rowsQuery = z.object({ part: shadowPartSchema.default('both'), league: z.string().optional() })

export const getShadow = defineRoute({
  method: 'GET',
  path: '/runs/:id/shadow',
  summary: 'How an old rating compares with the run, for those who prepare its publication',
  tag,
  action: 'shadow.review',
  params: byId,
  response: asked,
})
export const listShadowRows = defineRoute({
  method: 'GET',
  path: '/runs/:id/shadow/teachers',
  summary: 'Teachers in the old rating and the run, the largest moves first; or those in only one of them',
  tag,
  action: 'shadow.review',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  params: byId,
  query: rowsQuery.extend(pageQuery),
  response: pageOf(shadowRowSchema),
})
export const exportShadowRows = defineRoute({
  method: 'GET',
  path: '/runs/:id/shadow/teachers/export',
  summary: 'The whole list as CSV or XLSX',
  tag,
  action: 'shadow.review',
  about: { what: 'export', everybody: true },
  params: byId,
  query: rowsQuery.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})
export const importOldRating = defineRoute({
  method: 'POST',
  path: '/runs/:id/shadow',
  summary:
    'Keep an old rating (CSV or XLSX: teacher code, old place or total, league) beside the run; all or nothing',
  tag,
  action: 'shadow.import',
  multipart: true,
  params: byId,
  body: z.object({ dryRun: z.stringbool().default(true) }),
  response: importReportSchema,
})
export const getOldRatingTemplate = defineRoute({
  method: 'GET',
  path: '/shadow/template',
  summary: 'An empty table with the columns of an old rating, and one example line',
  tag,
  action: 'shadow.import',
  query: z.object({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})
export const deleteShadow = defineRoute({
  method: 'DELETE',
  path: '/runs/:id/shadow',
  summary: 'Take the old rating away again; refused once the comparison was published',
  tag,
  action: 'shadow.import',
  params: byId,
})
export const moveShadow = defineRoute({
  method: 'POST',
  path: '/runs/:id/shadow/moves',
  summary: 'Publish the comparison, withdraw it, or end the shadow period of the run',
  tag,
  action: 'shadow.publish',
  params: byId,
  body: z.object({ action: z.enum(shadowMoves) }),
  response: asked,
})
export const getPublishedShadow = defineRoute({
  method: 'GET',
  path: '/runs/:id/shadow/published',
  summary: 'The published comparison: how alike the two orders are, league by league, and nobody by name',
  tag,
  action: 'shadow.read',
  params: byId,
  response: asked,
})

export const listPublishedShadows = defineRoute({
  method: 'GET',
  path: '/shadow/published',
  summary: 'Runs whose comparison with an old rating is published, newest first',
  tag,
  action: 'shadow.read',
  query: z.object(pageQuery),
  response: pageOf(
    z.object({
      runId: z.int(),
      title: localizedTextSchema,
      version: z.string(),
      periodFrom: daySchema,
      periodTo: daySchema,
      publishedAt: z.iso.datetime(),
    }),
  ),
})
