import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Question } from '../questions/question.ts'
import type { SurveyTables, Voice, WrittenText } from '../tables.ts'
import type { TalliedCell } from './outcome.ts'

export type CellWithTexts = TalliedCell & { texts: WrittenText[] }

/** All that was answered in a campaign that is over. */
export interface Answered {
  threshold: number
  questions: Question[]
  cells: CellWithTexts[]
  /** null: answers are not linked. */
  voices: Voice[] | null
}

/** null: it is not over, or closed already. `isLocked`: nobody else closes it, or adds an answer, until the transaction ends. */
export async function readAnswered(
  db: Kysely<SurveyTables>,
  { id, at }: { id: number; at: Date },
  isLocked = false,
): Promise<Answered | null> {
  const due = db
    .selectFrom('campaign as c')
    .innerJoin('questionnaire_version as v', 'v.id', 'c.version_id')
    .select(['c.threshold', 'c.linked_ground', 'v.questions'])
    .where('c.id', '=', id)
    .where('c.closed_at', 'is', null)
    .where('c.closes_at', '<=', at)
  const campaign = await (isLocked ? due.forUpdate('c') : due).executeTakeFirst()
  if (!campaign) return null
  const { linked_ground: ground, ...about } = campaign
  return { ...about, cells: await readTallies(db, id), voices: ground ? await readVoices(db, id) : null }
}

async function readTallies(db: Kysely<SurveyTables>, campaignId: number): Promise<CellWithTexts[]> {
  return await db
    .selectFrom('cell as c')
    .innerJoin('tally as t', 't.cell_id', 'c.id')
    .select(['c.id', 'c.teacher_id as teacher', 'c.students', 't.answers', 't.counts', 't.texts'])
    .where('c.campaign_id', '=', campaignId)
    .orderBy('c.id')
    .execute()
}

async function readVoices(db: Kysely<SurveyTables>, campaignId: number): Promise<Voice[]> {
  const bundles = await db
    .selectFrom('bundle')
    .select('voices')
    .where('campaign_id', '=', campaignId)
    .orderBy('id')
    .execute()
  return bundles.flatMap(({ voices }) => voices)
}

/** Links, sums, and what belongs together. */
export async function forget(trx: Transaction<SurveyTables>, id: number): Promise<void> {
  await sql`delete from plugin_surveys.token t using plugin_surveys.cell c where c.id = t.cell_id and c.campaign_id = ${id}`.execute(
    trx,
  )
  await sql`delete from plugin_surveys.token t using plugin_surveys.bundle b where b.id = t.bundle_id and b.campaign_id = ${id}`.execute(
    trx,
  )
  await trx.deleteFrom('bundle').where('campaign_id', '=', id).execute()
  await sql`delete from plugin_surveys.tally t using plugin_surveys.cell c where c.id = t.cell_id and c.campaign_id = ${id}`.execute(
    trx,
  )
}
