import type { PluginContext } from '@ustaz/core/plugin'
import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import type { TestAccount, TestApp, TestTeacher, TestUniversity } from '@ustaz/core/testing'
import type { RouteDefinition } from '@ustaz/core/contract'
import type { Kysely } from 'kysely'
import { createCampaign, releaseCampaign } from './campaigns/change-campaign.ts'
import type { CampaignPlan } from './campaigns/change-campaign.ts'
import plugin from './index.ts'
import type { Question, Words } from './questions/question.ts'
import { createQuestionnaire } from './questions/questionnaires.ts'
import { closeCampaigns } from './results/close-campaigns.ts'
import type { SurveyTables } from './tables.ts'

export { giveOut, giveOutBundle } from './test-links.ts'

export const words = (text: string): Words => ({ kk: text, ru: text, en: text })

/** Two scales of unlike length and weight, and one of each other kind. */
export const testQuestions: Question[] = [
  {
    id: 'clear',
    kind: 'scale',
    text: words('Clear?'),
    steps: 5,
    low: words('no'),
    high: words('yes'),
    weight: 3,
  },
  {
    id: 'fair',
    kind: 'scale',
    text: words('Fair?'),
    steps: 3,
    low: words('no'),
    high: words('yes'),
    weight: 1,
  },
  {
    id: 'pace',
    kind: 'choice',
    text: words('Pace?'),
    options: [
      { id: 'slow', text: words('slow') },
      { id: 'fast', text: words('fast') },
    ],
  },
  {
    id: 'used',
    kind: 'choices',
    text: words('Used?'),
    options: [
      { id: 'book', text: words('book') },
      { id: 'video', text: words('video') },
    ],
  },
  { id: 'more', kind: 'text', text: words('More?') },
]

type Response = Awaited<ReturnType<TestApp['app']['inject']>>

export interface TestSurveys extends TestApp {
  university: TestUniversity
  tables: Kysely<SurveyTables>
  /** What the plugin works with; its clock stands at 10 June 2026. */
  plugin: PluginContext<SurveyTables>
  /** Asks a route of the plugin in somebody's name; null: of nobody. */
  ask(
    account: TestAccount | null,
    route: RouteDefinition,
    given?: { id?: number | string; body?: unknown; query?: string },
  ): Promise<Pick<Response, 'body' | 'json'> & { status: number }>
}

export async function createTestSurveys(
  options: Parameters<typeof createTestApp>[0] = {},
): Promise<TestSurveys> {
  const server = await createTestApp({ plugins: [plugin], now: '2026-06-10T09:00:00Z', ...options })
  const context = server.context.host.contextOf('surveys') as unknown as PluginContext<SurveyTables>
  const university = await createTestUniversity(server.context.db)
  const ask: TestSurveys['ask'] = async (account, route, { id = 1, body, query = '' } = {}) => {
    const response = await server.app.inject({
      method: route.method,
      url: `/api/plugins/surveys${route.path.replace(':id', String(id))}${query}`,
      headers: {
        'accept-language': 'en',
        'x-ustaz-request': '1',
        ...(account ? { 'x-ustaz-account': String(university.accounts[account]) } : {}),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    return { status: response.statusCode, body: response.body, json: response.json.bind(response) }
  }
  return { ...server, university, tables: context.db, plugin: context, ask }
}

export interface TestCell {
  teacher: TestTeacher | number
  group: string
  students: number
}

let questionnaires = 0

/** A campaign from 1 to 20 June 2026 for the first half of the year, released; answers its id. */
export async function openCampaign(
  { tables, plugin: context, university }: TestSurveys,
  cells: readonly TestCell[],
  {
    questions = testQuestions,
    threshold = 5,
    linked = null,
  }: { questions?: readonly Question[]; threshold?: number; linked?: CampaignPlan['linked'] } = {},
): Promise<number> {
  const code = `test-${(questionnaires += 1)}`
  const { id: versionId } = await createQuestionnaire(tables, { code, title: words(code), questions })
  const id = await createCampaign(context, {
    title: words('Spring'),
    versionId,
    periodFrom: '2026-01-01',
    periodTo: '2026-06-30',
    opensAt: '2026-06-01T00:00:00Z',
    closesAt: '2026-06-20T00:00:00Z',
    threshold,
    linked,
  })
  await tables
    .insertInto('cell')
    .values(
      cells.map(({ teacher, group, students }) => ({
        campaign_id: id,
        course_code: 'C1',
        course_title: 'Algebra',
        group_code: group,
        teacher_id: typeof teacher === 'number' ? teacher : university.teachers[teacher],
        teacher_name: String(teacher),
        students,
      })),
    )
    .execute()
  await releaseCampaign(context, id)
  return id
}

/** Ids of the cells of a campaign, by name of the teacher and group. */
export async function cellsOf({ tables }: TestSurveys, campaignId: number): Promise<Map<string, number>> {
  const cells = tables.selectFrom('cell').select(['id', 'teacher_name', 'group_code'])
  const rows = await cells.where('campaign_id', '=', campaignId).execute()
  return new Map(rows.map(({ id, teacher_name: teacher, group_code: group }) => [`${teacher} ${group}`, id]))
}

/** Works results out as if it were the day after the end. */
export async function closeAll({ plugin: context }: TestSurveys): Promise<void> {
  await closeCampaigns({ ...context, now: () => new Date('2026-06-20T00:00:01Z') })
}
