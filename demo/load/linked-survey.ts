import { sql } from 'kysely'
import type { PluginContext } from '../../core/plugin/index.ts'
import { storeAnswers } from '../../plugins/surveys/answers/store-answers.ts'
import type { SentAnswer } from '../../plugins/surveys/answers/store-answers.ts'
import { makeToken } from '../../plugins/surveys/answers/tokens.ts'
import { issueBundles, lockCells } from '../../plugins/surveys/campaigns/issue-tokens.ts'
import type { SurveyTables } from '../../plugins/surveys/tables.ts'
import { Random } from '../random.ts'
import { inventAnswer } from '../surveys/invent-answers.ts'

type Context = PluginContext<SurveyTables>

/** Why the demonstration's university may link answers: invented. */
export const ground = {
  kk: 'Ойдан шығарылған университеттің ережесі, 7-тармақ: студенттер сауалнаманың жауаптарын аты-жөнсіз байланыстыруға оқуға түсерде келісім береді.',
  ru: 'Правила придуманного университета, пункт 7: при поступлении студенты соглашаются на связывание ответов опроса без имени.',
  en: 'Rules of the invented university, clause 7: on enrolment students consent to their answers being linked without a name.',
}

const teachersOfGroup = 6
const mostGroups = 3
const perBatch = 500

/** Study groups of a department with six of its teachers each; a teacher has up to three of them. */
export async function inventStudyGroups(
  { db, people }: Context,
  campaign: number,
  { year, seed, courses }: { year: number; seed: string; courses: readonly string[] },
): Promise<void> {
  const unitOf = new Map(
    (await people.postsOn(`${year + 1}-05-11`)).map(({ teacherId, unitId }) => [teacherId, unitId]),
  )
  const teachers = (await people.listTeachers()).filter(({ id }) => unitOf.has(id))
  const rows = [...Map.groupBy(teachers, ({ id }) => unitOf.get(id)!)].flatMap(([, own], unit) =>
    Array.from({ length: mostGroups }, (_, round) => round).flatMap((round) => {
      // Turned a little each time, so that groups do not have the same teachers.
      const turned = own.map((_, index) => own[(index + 2 * round) % own.length]!)
      return turned.map(({ id, familyName, givenName, patronymic }, index) => {
        const group = `G-${unit + 1}-${String(year).slice(2)}-${round * Math.ceil(own.length / teachersOfGroup) + Math.floor(index / teachersOfGroup) + 1}`
        const random = new Random(seed, 'study group', group)
        return {
          teacher_id: id,
          teacher_name: [familyName, givenName, patronymic].filter(Boolean).join(' '),
          group_code: group,
          course_title: courses[index % courses.length]!,
          students: random.integer(16, 26),
        }
      })
    }),
  )
  await sql`
    insert into plugin_surveys.cell (campaign_id, course_code, course_title, group_code, teacher_id, teacher_name, students)
    select ${campaign}, x.course_title, x.course_title, x.group_code, x.teacher_id, x.teacher_name, x.students
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) x (
      course_title text, group_code text, teacher_id bigint, teacher_name text, students integer)`.execute(db)
}

/** Students answer as phones do, each strictly or mildly; some leave teachers out. */
export async function answerLinked(
  context: Context,
  campaign: number,
  { seed, part }: { seed: string; part: number },
): Promise<void> {
  const codes = new Map((await context.people.listTeachers()).map(({ id, code }) => [id, code]))
  const cells = await context.db
    .selectFrom('cell')
    .select(['id', 'group_code as group', 'teacher_id as teacher', 'students'])
    .where('campaign_id', '=', campaign)
    .orderBy('id')
    .execute()
  const sent: SentAnswer[] = []
  for (const [group, own] of Map.groupBy(cells, (cell) => cell.group)) {
    const random = new Random(seed, 'linked answers', group)
    const count = Math.round(own[0]!.students * part * (0.5 + 0.4 * random.unit()))
    for (const token of await giveOut(context, campaign, { group, count })) {
      const strictness = 0.5 * (random.unit() - 0.5)
      const answers = own.flatMap(({ id, teacher }) => {
        const quality = 0.25 + 0.7 * new Random(seed, 'quality', codes.get(teacher) ?? '').unit()
        return random.chance(0.04) ? [] : [{ about: id, answer: inventAnswer(random, quality + strictness) }]
      })
      if (answers.length > 0) sent.push({ token, answerId: crypto.randomUUID(), answers })
    }
  }
  for (let start = 0; start < sent.length; start += perBatch) {
    const outcomes = await storeAnswers(context.db, sent.slice(start, start + perBatch), context.now())
    if (outcomes.some((outcome) => outcome !== 'received'))
      throw new Error('an invented answer was not taken')
  }
}

async function giveOut(
  { db }: Context,
  campaignId: number,
  { group, count }: { group: string; count: number },
): Promise<string[]> {
  return await db.transaction().execute(async (trx) => {
    const cells = await lockCells(trx, campaignId, [group])
    const tokens = Array.from({ length: count }, makeToken)
    await issueBundles(trx, [{ groups: [group], tokens }], { campaignId, cells, way: 'paper' })
    return tokens
  })
}
