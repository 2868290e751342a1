import {
  daySchema,
  decimalSchema,
  defineRoute,
  idSchema,
  importReportSchema,
  pageOf,
  pageQuery,
} from '@ustaz/core/contract'
import { z } from 'zod'
import { wordsSchema } from '../questions/question.ts'
import { campaignStates } from './state.ts'

const tag = 'surveys'
const moment = z.iso.datetime()
const params = z.object({ id: idSchema })

/** Why answers may be linked, as students read it. */
const groundSchema = z.object({
  kk: z.string().trim().min(1).max(1000),
  ru: z.string().trim().min(1).max(1000),
  en: z.string().trim().min(1).max(1000),
})
export const linkedSchema = z.object({ ground: groundSchema })

const campaignBody = z.object({
  title: wordsSchema,
  versionId: idSchema,
  /** Of the rating that the answers count in. */
  periodFrom: daySchema,
  periodTo: daySchema,
  opensAt: moment,
  closesAt: moment,
  /** Answers below which nothing is shown; it may be raised, and not lowered below 5. */
  threshold: z.int().min(5).max(100).default(5),
  /** What one person says of several teachers is kept together until the end; fixed with the release. null: it is not. */
  linked: linkedSchema.nullable().default(null),
})

/** Shares of the variance of linked answers, in percent; null: could not be told apart. Of a campaign that is not closed or was not estimated so there are none. */
const componentsSchema = z.object({
  /** Between teachers of a unit. */
  teacher: decimalSchema,
  /** Between units. */
  unit: decimalSchema.nullable(),
  /** Between groups and courses of one teacher. */
  part: decimalSchema.nullable(),
  /** Between students, by how strictly they judge all their teachers. */
  student: decimalSchema,
  /** What is left. */
  rest: decimalSchema,
})
export type Components = z.output<typeof componentsSchema>

export const campaignSchema = campaignBody.extend({
  id: z.int(),
  threshold: z.int(),
  linked: linkedSchema.nullable(),
  state: z.enum(campaignStates),
  questionnaire: z.object({ code: z.string(), number: z.int() }),
  cells: z.int(),
  teachers: z.int(),
  /** Who may answer. */
  students: z.int(),
  /** Links that were given out; null: the campaign is closed, and they are forgotten. */
  invited: z.int().nullable(),
  /** Answers, in whole steps of the threshold; null: there are none to tell yet. */
  answers: z.int().nullable(),
  components: componentsSchema.nullable(),
})
export type Campaign = z.output<typeof campaignSchema>

export const listCampaigns = defineRoute({
  method: 'GET',
  path: '/campaigns',
  summary: 'Campaigns, newest period first, with how many answered in whole steps',
  tag,
  action: 'survey.read',
  query: z.object({ ...pageQuery }),
  response: pageOf(campaignSchema),
})

export const getCampaign = defineRoute({
  method: 'GET',
  path: '/campaigns/:id',
  summary: 'One campaign',
  tag,
  action: 'survey.read',
  params,
  response: campaignSchema,
})

export const createCampaign = defineRoute({
  method: 'POST',
  path: '/campaigns',
  summary: 'Prepare a campaign; nobody can answer before it is released',
  tag,
  action: 'survey.manage',
  body: campaignBody,
  response: campaignSchema,
})

export const changeCampaign = defineRoute({
  method: 'PUT',
  path: '/campaigns/:id',
  summary: 'Change a campaign that is not released',
  tag,
  action: 'survey.manage',
  params,
  body: campaignBody,
  response: campaignSchema,
})

export const deleteCampaign = defineRoute({
  method: 'DELETE',
  path: '/campaigns/:id',
  summary: 'Delete a campaign that is not released, with its groups',
  tag,
  action: 'survey.manage',
  params,
})

export const releaseCampaign = defineRoute({
  method: 'POST',
  path: '/campaigns/:id/release',
  summary:
    'Release a campaign: its questions are fixed, links can be given out, and it opens and closes at its times',
  tag,
  action: 'survey.manage',
  params,
  response: campaignSchema,
})

export const moveClosing = defineRoute({
  method: 'POST',
  path: '/campaigns/:id/closing',
  summary: 'Let a campaign that is not over end at another time',
  tag,
  action: 'survey.manage',
  params,
  body: z.object({ closesAt: moment }),
  response: campaignSchema,
})

export const importGroups = defineRoute({
  method: 'POST',
  path: '/campaigns/:id/groups',
  summary:
    'Who is asked about whom: groups with course, teacher and number of students, from CSV, XLSX or ODS; all or nothing',
  tag,
  action: 'survey.manage',
  multipart: true,
  params,
  body: z.object({ dryRun: z.stringbool().default(true) }),
  response: importReportSchema,
})

export const getGroupsTemplate = defineRoute({
  method: 'GET',
  path: '/groups/template',
  summary: 'An empty table with the columns of groups, and one example line',
  tag,
  action: 'survey.manage',
  query: z.object({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})

export const groupSchema = z.object({
  group: z.string(),
  cells: z.array(
    z.object({
      course: z.string(),
      teacherId: z.int(),
      teacher: z.string(),
      students: z.int(),
      invited: z.int().nullable(),
      /** In whole steps of the threshold; after the end, too. */
      answers: z.int().nullable(),
    }),
  ),
})

export const removeGroups = defineRoute({
  method: 'POST',
  path: '/campaigns/:id/groups/removal',
  summary: 'Take groups out of a campaign that is not released',
  tag,
  action: 'survey.manage',
  params,
  body: z.object({ groups: z.array(z.string().max(64)).min(1).max(200) }),
  response: campaignSchema,
})

export const listGroups = defineRoute({
  method: 'GET',
  path: '/campaigns/:id/groups',
  summary: 'Groups of a campaign with their courses and teachers, and how many answered in whole steps',
  tag,
  action: 'survey.read',
  params,
  query: z.object({ ...pageQuery, search: z.string().trim().max(80).default('') }),
  response: pageOf(groupSchema),
})
export type Group = z.output<typeof groupSchema>

export const printSheets = defineRoute({
  method: 'POST',
  path: '/campaigns/:id/sheets',
  summary:
    'Sheets with a link to cut off for each student of a group; sheets that were printed before lose their unused links',
  tag,
  action: 'survey.manage',
  params,
  body: z.object({ groups: z.array(z.string().max(64)).min(1).max(30) }),
  produces: ['application/pdf'],
})

export const sendInvitations = defineRoute({
  method: 'POST',
  path: '/campaigns/:id/invitations',
  summary: 'Mail each address of a list (columns group and address) its links; the list is not kept',
  tag,
  action: 'survey.manage',
  multipart: true,
  params,
  body: z.object({ dryRun: z.stringbool().default(true) }),
  response: z.object({
    dryRun: z.boolean(),
    /** Addresses that get a mail; one that got one for this campaign before gets no other. */
    mails: z.int(),
    links: z.int(),
    canSend: z.boolean(),
    /** Lines that are not taken; if there is one, nothing is sent. */
    refused: z.array(z.object({ line: z.int(), message: z.string() })),
  }),
})
