import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { AppContext } from '../../core/app-context.ts'
import type { PluginContext } from '../../core/plugin/index.ts'
import { createCampaign, releaseCampaign } from '../../plugins/surveys/campaigns/change-campaign.ts'
import { placeCount } from '../../plugins/surveys/questions/places.ts'
import { createQuestionnaire } from '../../plugins/surveys/questions/questionnaires.ts'
import { readAnswer } from '../../plugins/surveys/questions/read-answer.ts'
import { closeCampaigns } from '../../plugins/surveys/results/close-campaigns.ts'
import type { SurveyTables, WrittenText } from '../../plugins/surveys/tables.ts'
import { academicYears, lastYear, periodOf } from '../academic-years.ts'
import { Random } from '../random.ts'
import { inventAnswer } from '../surveys/invent-answers.ts'
import { questions } from '../surveys/questions.ts'
import { answerLinked, ground, inventStudyGroups } from './linked-survey.ts'

type Context = PluginContext<SurveyTables>

const dayMs = 24 * 3600 * 1000
const courses = ['Algebra', 'Databases', 'Materials', 'Ecology', 'History', 'Physics']

/** Surveys of every rated year with results, in the last of which answers are linked, and one that is open now; where there are any, they stay. */
export async function loadSurveys({ host, now }: AppContext, seed: string): Promise<void> {
  const context = host.contextOf('surveys') as unknown as Context
  if (await context.db.selectFrom('campaign').select('id').limit(1).executeTakeFirst()) return
  const title = {
    kk: 'Оқытушы студент көзімен',
    ru: 'Преподаватель глазами студента',
    en: 'The teacher as students see it',
  }
  const { id: versionId } = await createQuestionnaire(context.db, {
    code: 'teacher-by-students',
    title,
    questions,
  })
  for (const year of academicYears) {
    const times = { opensAt: `${year + 1}-05-11T03:00:00Z`, closesAt: `${year + 1}-05-25T19:00:00Z` }
    const plan = { title, versionId, year, ...times }
    // Held as if it were its day.
    const then = { ...context, now: () => new Date(times.opensAt) }
    if (year === lastYear) await holdLinked(then, plan, seed)
    else await hold(then, plan, { seed, part: 1 })
  }
  await closeCampaigns(context)
  const opensAt = new Date(now().getTime() - 3 * dayMs).toISOString()
  const closesAt = new Date(now().getTime() + 11 * dayMs).toISOString()
  await hold(context, { title, versionId, year: lastYear + 1, opensAt, closesAt }, { seed, part: 0.4 })
}

interface Plan {
  title: { kk: string; ru: string; en: string }
  versionId: number
  year: number
  opensAt: string
  closesAt: string
}

/** A campaign with its groups and as much of the answers as `part` says. */
async function hold(
  context: Context,
  { year, ...plan }: Plan,
  { seed, part }: { seed: string; part: number },
) {
  const { from: periodFrom, to: periodTo } = periodOf(year)
  const id = await createCampaign(context, { ...plan, periodFrom, periodTo, threshold: 5 })
  await inventGroups(context, id, year, seed)
  await releaseCampaign(context, id)
  const cells = await context.db
    .selectFrom('cell')
    .select(['id', 'group_code as group', 'students'])
    .where('campaign_id', '=', id)
    .execute()
  const tallies = cells.map(({ id: cell, group, students }) => {
    // A group is named after its teacher's code, which is the same however often the data were loaded.
    const quality =
      0.25 +
      0.7 * new Random(seed, 'quality', group.slice(0, group.lastIndexOf('-', group.length - 3))).unit()
    const random = new Random(seed, 'answers', group, year)
    const answers = Math.round(students * part * (0.15 + 0.75 * random.unit()))
    return { cell, ...addUp(Array.from({ length: answers }, () => inventAnswer(random, quality))) }
  })
  await writeTallies(context.db, tallies)
}

/** A campaign whose answers are linked. */
async function holdLinked(context: Context, { year, ...plan }: Plan, seed: string): Promise<void> {
  const { from: periodFrom, to: periodTo } = periodOf(year)
  const id = await createCampaign(context, {
    ...plan,
    periodFrom,
    periodTo,
    threshold: 5,
    linked: { ground },
  })
  await inventStudyGroups(context, id, { year, seed, courses })
  await releaseCampaign(context, id)
  await answerLinked(context, id, { seed, part: 1 })
}

async function inventGroups(
  { db, people }: Context,
  campaign: number,
  year: number,
  seed: string,
): Promise<void> {
  const posts = new Set((await people.postsOn(`${year + 1}-05-11`)).map(({ teacherId }) => teacherId))
  const teachers = (await people.listTeachers()).filter(({ id }) => posts.has(id))
  const rows = teachers.flatMap(({ id, code, familyName, givenName, patronymic }) => {
    const random = new Random(seed, 'groups', code, year)
    // Of a single small group it happens that fewer answer than the threshold.
    const groups = random.chance(0.15) ? 1 : random.integer(2, 3)
    return Array.from({ length: groups }, (_, index) => ({
      teacher_id: id,
      teacher_name: [familyName, givenName, patronymic].filter(Boolean).join(' '),
      group_code: `${code}-${String(year).slice(2)}-${index + 1}`,
      course_title: random.pick(courses),
      students: random.integer(12, 28),
    }))
  })
  await sql`
    insert into plugin_surveys.cell (campaign_id, course_code, course_title, group_code, teacher_id, teacher_name, students)
    select ${campaign}, x.course_title, x.course_title, x.group_code, x.teacher_id, x.teacher_name, x.students
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) x (
      course_title text, group_code text, teacher_id bigint, teacher_name text, students integer)`.execute(db)
}

interface Sums {
  answers: number
  counts: number[]
  texts: WrittenText[]
}

function addUp(answers: readonly ReturnType<typeof inventAnswer>[]): Sums {
  const sums: Sums = {
    answers: answers.length,
    counts: new Array<number>(placeCount(questions)).fill(0),
    texts: [],
  }
  for (const answer of answers) {
    const counted = readAnswer(questions, answer)
    if (!counted) throw new Error('an invented answer does not fit the questions')
    for (const place of counted.places) sums.counts[place]! += 1
    sums.texts.push(...counted.texts)
  }
  return sums
}

async function writeTallies(
  db: Kysely<SurveyTables>,
  tallies: readonly (Sums & { cell: number })[],
): Promise<void> {
  await sql`
    update plugin_surveys.tally t set answers = x.answers, counts = x.counts, texts = x.texts
    from jsonb_to_recordset(${JSON.stringify(tallies)}::jsonb) x (cell bigint, answers integer, counts integer[], texts jsonb)
    where t.cell_id = x.cell`.execute(db)
}
