import { z } from 'zod'
import { daySchema, decimalSchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { localizedTextSchema } from '../text.ts'
import { defineRoute } from '../route.ts'

/** preliminary: open to appeals; final: nothing is open any more; replaced: a later run holds; withdrawn: nobody reads it. */
export const publicationStates = ['preliminary', 'final', 'replaced', 'withdrawn'] as const

const appealDays = z.int().min(1).max(366)
/** When appeals may be filed and are answered, in calendar days: see the regulation's section `appeals`. */
export const appealTermsSchema = z.object({ days: appealDays, answerDays: appealDays })
export type AppealTerms = z.infer<typeof appealTermsSchema>

export const publicationSchema = z.object({
  state: z.enum(publicationStates),
  by: z.string(),
  at: z.iso.datetime(),
  note: z.string(),
  /** Of the run as it was when it was published. */
  hash: z.string(),
  /** Last day, inclusive; null: no appeal may be filed. */
  appealsUntil: daySchema.nullable(),
  /** Last day for an answer, inclusive; null where no appeal may be filed. */
  answersUntil: daySchema.nullable(),
  replacedBy: z.int().nullable(),
})
export type Publication = z.infer<typeof publicationSchema>

const note = z.string().trim().min(1).max(2000)
const tag = 'publication'
const byId = z.object({ id: idSchema })

const runPublicationSchema = z.object({
  /** As it is now; null: never published. */
  current: publicationSchema.nullable(),
  /** All, newest first. */
  history: z.array(publicationSchema),
  /** What the regulation says; null: it knows no appeal, and whoever publishes may name the days. */
  terms: appealTermsSchema.extend({ clause: z.string(), answeredBy: localizedTextSchema }).nullable(),
  /** Published runs of the same regulation and period that publishing this one must replace. */
  others: z.array(z.object({ runId: z.int(), state: z.enum(['preliminary', 'final']) })),
  /** Appeals against it that are not answered yet, and upheld ones that are not carried out. */
  open: z.object({ appeals: z.int(), upheld: z.int() }),
})
export type RunPublication = z.infer<typeof runPublicationSchema>

export const getPublication = defineRoute({
  method: 'GET',
  path: '/runs/:id/publication',
  summary: 'Whether a run is published, since when and by whom, and until when appeals may be filed',
  tag,
  action: 'result.read',
  params: byId,
  response: runPublicationSchema,
})
export const publishRun = defineRoute({
  method: 'POST',
  path: '/runs/:id/publication',
  summary: 'Publish a run, after hashing it once more: everybody reads what concerns them from then on',
  tag,
  action: 'result.publish',
  params: byId,
  body: z.object({
    state: z.enum(['preliminary', 'final']),
    note,
    /** The published run of the same regulation and period that this one takes the place of; null: there is none. */
    replaces: z.int().nullable().default(null),
    /** For a regulation that says nothing of appeals; null: none may be filed, or the regulation says when. */
    terms: appealTermsSchema.nullable().default(null),
    /**
     * Of a run that carries out appeals: why it is published although something changed that they do not explain; stands in the note on
     * record. null: everything is explained.
     */
    unexplained: note.nullable().default(null),
  }),
  response: runPublicationSchema,
})
export const withdrawRun = defineRoute({
  method: 'POST',
  path: '/runs/:id/publication/withdrawal',
  summary:
    'Withdraw a published run with a reason: only those who may read all results read it, the record stays',
  tag,
  action: 'result.publish',
  params: byId,
  body: z.object({ reason: note }),
  response: runPublicationSchema,
})

export const leagueStandingSchema = z.object({
  league: z.string(),
  title: localizedTextSchema,
  /** Who has a place in it. */
  ranked: z.int(),
  /** null where fewer than five have a place. */
  median: decimalSchema.nullable(),
  /** Ranges of totals with at least five people each, from the lowest; empty where fewer than five have a place. */
  ranges: z.array(
    z.object({
      /** Inclusive. */
      from: decimalSchema,
      /** Exclusive; the last range has its end within. */
      to: decimalSchema,
      count: z.int(),
    }),
  ),
})
export type LeagueStanding = z.infer<typeof leagueStandingSchema>

export const listLeagueStandings = defineRoute({
  method: 'GET',
  path: '/runs/:id/leagues',
  summary: 'How totals are spread in each league of a run, without names; groups under five are hidden',
  tag,
  action: 'result.read',
  params: byId,
  response: z.object({ items: z.array(leagueStandingSchema) }),
})

const tableRowSchema = z.object({
  teacherId: z.int(),
  familyName: z.string(),
  givenName: z.string(),
  patronymic: z.string().nullable(),
  departmentId: z.int(),
  position: z.string().nullable(),
  league: z.string(),
  place: z.int(),
  total: decimalSchema,
})
export const listTableByName = defineRoute({
  method: 'GET',
  path: '/runs/:id/table',
  summary: 'Who has which place, by name, for everybody: only where the university turned it on',
  tag,
  action: 'table.read',
  params: byId,
  query: z.object({ ...pageQuery, league: z.string().optional() }),
  response: pageOf(tableRowSchema),
})
export const tableSettingSchema = z.object({
  isOn: z.boolean(),
  /** Changes, newest first. */
  history: z.array(z.object({ isOn: z.boolean(), by: z.string(), at: z.iso.datetime(), reason: z.string() })),
})
export type TableSetting = z.infer<typeof tableSettingSchema>
export const getTableByName = defineRoute({
  method: 'GET',
  path: '/settings/table-by-name',
  summary: 'Whether everybody sees published places by name',
  tag,
  action: 'table.read',
  response: z.object({ isOn: z.boolean() }),
})
export const getTableSetting = defineRoute({
  method: 'GET',
  path: '/settings/table-by-name/history',
  summary: 'The setting with who changed it when, and why',
  tag,
  action: 'table.change',
  response: tableSettingSchema,
})
export const changeTableByName = defineRoute({
  method: 'POST',
  path: '/settings/table-by-name',
  summary: 'Turn the table by name on or off, with a reason',
  tag,
  action: 'table.change',
  body: z.object({ isOn: z.boolean(), reason: note }),
  response: tableSettingSchema,
})
