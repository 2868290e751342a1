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
import { campaignStates } from './campaigns/state.ts'
import { questionsSchema, wordsSchema } from './questions/question.ts'
import { remarkStates } from './tables.ts'

export { longestText, scaleSteps } from './questions/question.ts'
export type { Question, Words } from './questions/question.ts'
export type { CampaignState } from './campaigns/state.ts'
export { normalReach } from './scores/normal.ts'

const tag = 'surveys'
const moment = z.iso.datetime()
const params = z.object({ id: idSchema })

// Answering, without an account

const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** Why answers may be linked, as students read it. */
const groundSchema = z.object({
  kk: z.string().trim().min(1).max(1000),
  ru: z.string().trim().min(1).max(1000),
  en: z.string().trim().min(1).max(1000),
})
const linkedSchema = z.object({ ground: groundSchema })

export const openedSurveySchema = z.object({
  state: z.enum(['open', 'used', 'early', 'over']),
  title: wordsSchema,
  /** What one person says of these teachers is kept together; null: it is not. */
  linked: linkedSchema.nullable(),
  /** Whom the link is about; several only where answers are linked. */
  about: z.array(z.object({ id: z.int(), teacher: z.string(), course: z.string(), group: z.string() })),
  closesAt: moment,
  threshold: z.int(),
  questions: questionsSchema,
})
export type OpenedSurvey = z.output<typeof openedSurveySchema>

export const openSurvey = defineRoute({
  method: 'POST',
  path: '/open',
  summary: 'What is asked by a link; the link stands in the body, so that no log has it',
  tag,
  action: 'survey.answer',
  crowd: true,
  body: z.object({ token: tokenSchema }),
  response: openedSurveySchema,
})

const answerSchema = z.record(
  z.string().max(40),
  z.union([z.int(), z.string().max(4000), z.array(z.string().max(40)).max(20)]),
)
const sending = { token: tokenSchema, answerId: z.uuid() }

export const sendAnswer = defineRoute({
  method: 'POST',
  path: '/answers',
  summary:
    'Answer by a link, once: about its teacher, or where answers are linked about its teachers; the same again with the same number of the answer is harmless',
  tag,
  action: 'survey.answer',
  crowd: true,
  body: z.union([
    z.object({ ...sending, answer: answerSchema }),
    z.object({
      ...sending,
      answers: z
        .array(z.object({ about: idSchema, answer: answerSchema }))
        .min(1)
        .max(100),
    }),
  ]),
  response: z.object({ received: z.literal(true) }),
})

// Questionnaires

export const questionnaireSchema = z.object({
  id: z.int(),
  code: z.string(),
  title: wordsSchema,
  versions: z.array(z.object({ id: z.int(), number: z.int(), fixedAt: moment.nullable() })),
})
export type Questionnaire = z.output<typeof questionnaireSchema>

export const versionSchema = z.object({
  id: z.int(),
  number: z.int(),
  /** null: no campaign asks it, and it may be changed. */
  fixedAt: moment.nullable(),
  questionnaire: z.object({ id: z.int(), code: z.string(), title: wordsSchema }),
  questions: questionsSchema,
})
export type Version = z.output<typeof versionSchema>

export const listQuestionnaires = defineRoute({
  method: 'GET',
  path: '/questionnaires',
  summary: 'Questionnaires with their versions, newest version first',
  tag,
  action: 'survey.read',
  query: z.object({ ...pageQuery }),
  response: pageOf(questionnaireSchema),
})

export const createQuestionnaire = defineRoute({
  method: 'POST',
  path: '/questionnaires',
  summary: 'A questionnaire with its first version',
  tag,
  action: 'survey.manage',
  body: z.object({
    code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    title: wordsSchema,
    questions: questionsSchema,
  }),
  response: versionSchema,
})

export const getVersion = defineRoute({
  method: 'GET',
  path: '/versions/:id',
  summary: 'The questions of a version, with what each weighs',
  tag,
  action: 'survey.read',
  params,
  response: versionSchema,
})

export const changeVersion = defineRoute({
  method: 'PUT',
  path: '/versions/:id',
  summary: 'Put other questions in place of those of a version that no campaign asks yet',
  tag,
  action: 'survey.manage',
  params,
  body: z.object({ questions: questionsSchema }),
  response: versionSchema,
})

export const addVersion = defineRoute({
  method: 'POST',
  path: '/questionnaires/:id/versions',
  summary: 'A new version with the questions of the newest one, to be changed',
  tag,
  action: 'survey.manage',
  params,
  response: versionSchema,
})

// Campaigns

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

// What came out

export const noMedianReasons = ['no-unit', 'few-teachers'] as const

const questionResultSchema = z.object({
  question: z.string(),
  answers: z.int(),
  counts: z.array(z.int()),
})

export const teacherResultSchema = z.object({
  campaignId: z.int(),
  title: wordsSchema,
  periodTo: daySchema,
  teacherId: z.int(),
  teacher: z.string(),
  students: z.int(),
  threshold: z.int(),
  /** null, as all that follows: fewer than the threshold answered. */
  answers: z.int().nullable(),
  /** 0 to 100: mean of the scales by their weights; null also: no scale counts. */
  score: decimalSchema.nullable(),
  shrunken: decimalSchema.nullable(),
  low: decimalSchema.nullable(),
  high: decimalSchema.nullable(),
  /** Why there is no median: no post on the last day of the period, or too few teachers of the unit with a result; null: there is one. */
  noMedian: z.enum(noMedianReasons).nullable(),
  /** Of the teachers' scores of the same unit. */
  unitMedian: decimalSchema.nullable(),
  /** corrected: for how strictly the students judge who answered. too-few: too little was linked to do so. null: answers were not linked. */
  linked: z.enum(['corrected', 'too-few']).nullable(),
})
export type TeacherResult = z.output<typeof teacherResultSchema>

export const partSchema = z.object({
  /** Several: they are shown together, each alone has too few answers. */
  cells: z.array(z.object({ course: z.string(), group: z.string() })),
  students: z.int(),
  answers: z.int(),
  score: decimalSchema.nullable(),
  questions: z.array(questionResultSchema),
})

export const resultDetailSchema = teacherResultSchema.extend({
  asked: questionsSchema,
  questions: z.array(questionResultSchema),
  parts: z.array(partSchema),
})
export type ResultDetail = z.output<typeof resultDetailSchema>

/** One of a teacher's surveys beside the one before it and the department. */
export const yearSchema = teacherResultSchema
  .pick({
    campaignId: true,
    title: true,
    periodTo: true,
    students: true,
    threshold: true,
    answers: true,
    score: true,
    shrunken: true,
    low: true,
    high: true,
    noMedian: true,
    unitMedian: true,
  })
  .extend({
    /** null: it is the first one with a score, or has none itself. */
    change: z
      .object({
        /** Id of the survey before. */
        from: z.int(),
        difference: decimalSchema,
        /** As much as chance brings to either side, in 95 of 100 cases. */
        margin: decimalSchema,
        verdict: z.enum(['higher', 'lower', 'noise']),
        otherQuestions: z.boolean(),
      })
      .nullable(),
    /** Where the interval lies beside the median; null: one of them is not known. */
    beside: z.enum(['above', 'below', 'within']).nullable(),
  })
export type Year = z.output<typeof yearSchema>

export const listClosed = defineRoute({
  method: 'GET',
  path: '/closed',
  summary: 'Campaigns with results, newest first',
  tag,
  action: 'survey.results',
  response: z.object({ items: z.array(z.object({ id: z.int(), title: wordsSchema, periodTo: daySchema })) }),
})

export const listResults = defineRoute({
  method: 'GET',
  path: '/closed/:id/results',
  summary: 'Results of a closed campaign: one’s own, or of those whom the asker’s rights reach',
  tag,
  action: 'survey.results',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  params,
  query: z.object({ ...pageQuery, search: z.string().trim().max(80).default('') }),
  response: pageOf(teacherResultSchema),
})

export const getResult = defineRoute({
  method: 'GET',
  path: '/closed/:id/results/:teacher',
  summary: 'One teacher’s result of a closed campaign: distributions, groups, years',
  tag,
  action: 'survey.results',
  about: { what: 'result', teachers: 'params.teacher' },
  params: z.object({ id: idSchema, teacher: idSchema }),
  response: resultDetailSchema,
})

export const listYears = defineRoute({
  method: 'GET',
  path: '/teachers/:teacher/years',
  summary: 'One teacher’s closed campaigns, oldest first, each beside the one before it and the department',
  tag,
  action: 'survey.results',
  about: { what: 'result', teachers: 'params.teacher' },
  params: z.object({ teacher: idSchema }),
  response: z.object({ teacher: z.string(), items: z.array(yearSchema) }),
})

// What students wrote

export const listOwnRemarks = defineRoute({
  method: 'GET',
  path: '/closed/:id/remarks',
  summary: 'What students wrote to the asker and a reviewer let through',
  tag,
  action: 'survey.comments',
  params,
  response: z.object({ items: z.array(z.object({ question: wordsSchema, text: z.string() })) }),
})

export const remarkSchema = z.object({
  id: z.uuid(),
  campaign: wordsSchema,
  question: wordsSchema,
  text: z.string(),
  state: z.enum(remarkStates),
})
export type Remark = z.output<typeof remarkSchema>

export const listRemarks = defineRoute({
  method: 'GET',
  path: '/remarks',
  summary: 'What students wrote and nobody has looked at yet, in random order and without the teacher’s name',
  tag,
  action: 'survey.review',
  query: z.object({ ...pageQuery }),
  response: pageOf(remarkSchema),
})

export const decideRemark = defineRoute({
  method: 'POST',
  path: '/remarks/:id',
  summary: 'Let a text through, with what could betray somebody masked, or withhold it',
  tag,
  action: 'survey.review',
  params: z.object({ id: z.uuid() }),
  body: z.object({
    decision: z.enum(['shown', 'withheld']),
    /** As it shall be read; what was masked is kept nowhere. */
    text: z.string().trim().min(1).max(2000),
  }),
  response: remarkSchema,
})
