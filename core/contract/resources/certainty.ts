import { z } from 'zod'
import { decimalSchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { certaintySettingsSchema } from '../regulation/composite.ts'
import { defineRoute } from '../route.ts'
import { leagueRef } from './runs.ts'

export const openChoices = ['weights', 'normalisation', 'aggregation', 'noise'] as const

/** With its standard error. */
const estimateSchema = z.object({ value: z.number(), error: z.number() })
export const choiceInfluenceSchema = z.object({
  choice: z.enum(openChoices),
  /** false: the official choice is the only one. */
  isOpen: z.boolean(),
  /** Places a teacher moves on average when only this is chosen anew; null: not open, or nothing succeeded. */
  alone: z.number().nullable(),
  /** Shares of the variance of the mean shift of places: by itself, and with others too; null: nothing varies. */
  first: estimateSchema.nullable(),
  total: estimateSchema.nullable(),
})
export type ChoiceInfluence = z.infer<typeof choiceInfluenceSchema>

/** What is said of a whole run. */
export const certaintySummarySchema = z.object({
  replications: z.object({ asked: z.int(), failed: z.int() }),
  /** Replications that the bands rest on. */
  bandReplications: z.int(),
  /** Rows of the design behind the shares of variance. */
  samples: z.object({ asked: z.int(), failed: z.int() }),
  /** Places a teacher moves on average in a replication; null: none succeeded. */
  meanShift: z.number().nullable(),
  choices: z.array(choiceInfluenceSchema),
  /** How often what stood in the way of a total, over all failed replications; most often first. */
  failures: z.array(z.object({ code: z.string(), area: z.string().nullable(), count: z.int() })),
  /** Facts with a declared error, those of which its size is unknown, and clauses whose rule cannot carry it to points. */
  errors: z.object({ facts: z.int(), unknown: z.int(), clauses: z.array(z.string()) }),
  leagues: z.array(
    z.object({
      league: z.string(),
      teachers: z.int(),
      /** 0: no replication succeeded. */
      bands: z.int(),
      largestBand: z.int(),
      /** Mean number of places that an interval holds. */
      meanWidth: z.number().nullable(),
    }),
  ),
})
export type CertaintySummary = z.infer<typeof certaintySummarySchema>

export const certaintySchema = z.object({
  /** none: nobody asked for it. */
  state: z.enum(['none', 'queued', 'running', 'done', 'failed']),
  /** Part of the work that is done. */
  fraction: z.number().min(0).max(1),
  finishedAt: z.iso.datetime().nullable(),
  /** Why it failed, in the reader's language. */
  failure: z.string().nullable(),
  /** What was taken to be open; null unless done. */
  settings: certaintySettingsSchema.nullable(),
  summary: certaintySummarySchema
    .extend({
      failures: z.array(
        certaintySummarySchema.shape.failures.element.extend({
          /** In the reader's language. */
          message: z.string(),
        }),
      ),
      leagues: z.array(certaintySummarySchema.shape.leagues.element.extend({ title: leagueRef.shape.title })),
    })
    .nullable(),
})
export type Certainty = z.infer<typeof certaintySchema>

export const certaintyBandSchema = z.object({
  league: z.string(),
  band: z.int(),
  teachers: z.int(),
  firstPlace: z.int(),
  lastPlace: z.int(),
})
export type CertaintyBand = z.infer<typeof certaintyBandSchema>

export const certaintyRowSchema = z.object({
  teacherId: z.int(),
  code: z.string(),
  familyName: z.string(),
  givenName: z.string(),
  patronymic: z.string().nullable(),
  departmentId: z.int(),
  league: z.string(),
  place: z.int(),
  /** Rounded for showing. */
  total: decimalSchema,
  /** Ends of the 90 % interval of places, both inclusive, and its middle; null: no replication succeeded. */
  lower: z.int().nullable(),
  upper: z.int().nullable(),
  median: z.int().nullable(),
  /** Teachers of one band: no order among them is established. */
  band: z.int().nullable(),
  /** Share of the replications in which this teacher had no total. */
  failedShare: z.number().min(0).max(1),
})
export type CertaintyRow = z.infer<typeof certaintyRowSchema>

const tag = 'certainty'
const byId = z.object({ id: idSchema })

export const getCertainty = defineRoute({
  method: 'GET',
  path: '/runs/:id/certainty',
  summary: 'How certain the order of a run is: what moves places, figures by league, what failed',
  tag,
  action: 'result.read',
  params: byId,
  response: certaintySchema,
})
export const requestCertainty = defineRoute({
  method: 'POST',
  path: '/runs/:id/certainty',
  summary: 'Have it worked out for a finished run that has none, or again after it failed',
  tag,
  action: 'run.start',
  params: byId,
  response: certaintySchema,
})
export const listCertaintyBands = defineRoute({
  method: 'GET',
  path: '/runs/:id/certainty/bands',
  summary: 'Bands of teachers among whom no order is established, league by league',
  tag,
  action: 'result.read',
  params: byId,
  query: z.object({ ...pageQuery, league: z.string().optional() }),
  response: pageOf(certaintyBandSchema),
})
export const listCertaintyRows = defineRoute({
  method: 'GET',
  path: '/runs/:id/certainty/teachers',
  summary: 'Teachers with place, interval and band, in the order of places',
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  params: byId,
  query: z.object({
    ...pageQuery,
    league: z.string().optional(),
    band: z.coerce.number().int().min(1).optional(),
    unit: idSchema.optional(),
  }),
  response: pageOf(certaintyRowSchema),
})
