import { randomUUID } from 'node:crypto'
import type { PluginContext } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Question } from '../questions/question.ts'
import { toDecimal } from '../scores/index.ts'
import type { SurveyTables } from '../tables.ts'
import { forget, readAnswered } from './answered.ts'
import type { Answered, CellWithTexts } from './answered.ts'
import type { CampaignOutcome } from './outcome.ts'
import { workOut, workOutLinked } from './work-out.ts'

type Context = Pick<PluginContext<SurveyTables>, 'db' | 'now' | 'people' | 'log'>

/**
 * Works out the results of every campaign that is over, once, and forgets links, sums and who wrote what about which group. Any number
 * of processes may do so.
 */
export async function closeCampaigns({ db, now, people, log }: Context): Promise<void> {
  const at = now()
  const due = await db
    .selectFrom('campaign')
    .select(['id', 'period_to'])
    .where('released_at', 'is not', null)
    .where('closed_at', 'is', null)
    .where('closes_at', '<=', at)
    .orderBy('id')
    .execute()
  for (const { id, period_to: day } of due) {
    const posts = await people.postsOn(day)
    const unitOf = new Map(posts.map(({ teacherId, unitId }) => [teacherId, unitId]))
    if (await closeCampaign(db, { id, at, unitOf })) log.info(`campaign ${id} is closed`)
  }
  // What was deleted lies in the files of the database until it is cleared away.
  if (due.length > 0)
    await sql`vacuum plugin_surveys.token, plugin_surveys.tally, plugin_surveys.bundle`.execute(db)
}

interface Due {
  id: number
  at: Date
  unitOf: ReadonlyMap<number, number>
}

/**
 * Works out without holding up anybody who answers another campaign, and writes if meanwhile no answer was committed that had been on its way at the
 * end; else once more. Answers whether it was this call that closed the campaign.
 */
async function closeCampaign(db: Kysely<SurveyTables>, due: Due): Promise<boolean> {
  for (;;) {
    const answered = await readAnswered(db, due)
    if (!answered) return false
    const outcome = await workOutAll(answered, due.unitOf)
    const done = await db.transaction().execute(async (trx) => {
      const now = await readAnswered(trx, due, true)
      if (!now) return 'elsewhere'
      if (JSON.stringify(now) !== JSON.stringify(answered)) return 'changed'
      await writeAll(trx, due, { answered, outcome })
      return 'here'
    })
    if (done !== 'changed') return done === 'here'
  }
}

async function workOutAll(
  { cells, voices, ...about }: Answered,
  unitOf: ReadonlyMap<number, number>,
): Promise<CampaignOutcome> {
  return voices
    ? await workOutLinked(cells, voices, { ...about, unitOf })
    : workOut(cells, { ...about, unitOf })
}

async function writeAll(
  trx: Transaction<SurveyTables>,
  { id, at }: Due,
  { answered: { cells, questions }, outcome }: { answered: Answered; outcome: CampaignOutcome },
): Promise<void> {
  await writeTeachers(trx, id, outcome)
  await writeParts(trx, id, outcome)
  await writeUnits(trx, id, outcome)
  await writeComponents(trx, id, outcome)
  await writeRemarks(trx, id, { cells, outcome, questions })
  await forget(trx, id)
  await trx.updateTable('campaign').set({ closed_at: at }).where('id', '=', id).execute()
}

async function writeTeachers(
  trx: Transaction<SurveyTables>,
  campaignId: number,
  { teachers }: CampaignOutcome,
): Promise<void> {
  const rows = teachers.map(({ teacher, unit, students, answers, score, estimate, questions }) => ({
    campaign_id: campaignId,
    teacher_id: teacher,
    unit_id: unit,
    students,
    answers,
    score: toDecimal(score),
    shrunken: toDecimal(estimate?.shrunken ?? null),
    standard_error: toDecimal(estimate?.standardError ?? null),
    mean_error: toDecimal(estimate?.rawError ?? null),
    low: toDecimal(estimate?.low ?? null),
    high: toDecimal(estimate?.high ?? null),
    questions,
  }))
  await sql`
    insert into plugin_surveys.teacher_result
    select x.* from jsonb_populate_recordset(null::plugin_surveys.teacher_result, ${JSON.stringify(rows)}::jsonb) x`.execute(
    trx,
  )
}

async function writeParts(
  trx: Transaction<SurveyTables>,
  campaignId: number,
  { teachers }: CampaignOutcome,
): Promise<void> {
  const rows = teachers.flatMap(({ teacher, parts }) =>
    parts.map(({ cells, score, ...part }, place) => ({
      campaign_id: campaignId,
      teacher_id: teacher,
      place,
      cell_ids: cells,
      score: toDecimal(score),
      ...part,
    })),
  )
  await sql`
    insert into plugin_surveys.part_result
    select x.* from jsonb_populate_recordset(null::plugin_surveys.part_result, ${JSON.stringify(rows)}::jsonb) x`.execute(
    trx,
  )
}

async function writeUnits(
  trx: Transaction<SurveyTables>,
  id: number,
  { units }: CampaignOutcome,
): Promise<void> {
  if (units.length === 0) return
  await trx
    .insertInto('unit_result')
    .values(
      units.map(({ unit, teachers, median }) => ({
        campaign_id: id,
        unit_id: unit,
        teachers,
        median: median.toFixed(6),
      })),
    )
    .execute()
}

async function writeComponents(
  trx: Transaction<SurveyTables>,
  id: number,
  { components }: CampaignOutcome,
): Promise<void> {
  if (!components) return
  await trx
    .insertInto('linked_result')
    .values({
      campaign_id: id,
      teacher: components.teacher.toFixed(6),
      unit: toDecimal(components.department),
      part: toDecimal(components.group),
      student: components.student.toFixed(6),
      rest: components.answer.toFixed(6),
    })
    .execute()
}

/** Texts about teachers who have a result, without their group, under random ids and in the order of these; all others are forgotten. */
async function writeRemarks(
  trx: Transaction<SurveyTables>,
  id: number,
  about: { cells: readonly CellWithTexts[]; outcome: CampaignOutcome; questions: readonly Question[] },
): Promise<void> {
  const shown = new Set(
    about.outcome.teachers.flatMap(({ teacher, answers }) => (answers === null ? [] : teacher)),
  )
  const rows = about.cells
    .filter(({ teacher }) => shown.has(teacher))
    .flatMap(({ teacher, texts }) =>
      texts.map(({ question, text }) => ({ id: randomUUID(), teacher_id: teacher, question, body: text })),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  await sql`
    insert into plugin_surveys.remark (id, campaign_id, teacher_id, question, body)
    select x.id, ${id}, x.teacher_id, x.question, x.body
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) x (id uuid, teacher_id bigint, question text, body text)`.execute(
    trx,
  )
}
