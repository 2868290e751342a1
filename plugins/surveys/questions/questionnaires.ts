import { UstazError } from '@ustaz/core/contract'
import type { Page } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Questionnaire, Version } from '../contract.ts'
import type { SurveyTables } from '../tables.ts'
import type { Question, Words } from './question.ts'

type Database = Kysely<SurveyTables>

export async function listQuestionnaires(
  db: Database,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<Questionnaire>> {
  const { rows } = await sql<Questionnaire>`
    select q.id, q.code, q.title, (
      select json_agg(json_build_object('id', v.id, 'number', v.number, 'fixedAt', ${isoMoment('v.fixed_at')}) order by v.number desc)
      from plugin_surveys.questionnaire_version v where v.questionnaire_id = q.id) as versions
    from plugin_surveys.questionnaire q order by q.code limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(
    db,
  )
  const { total } = await db
    .selectFrom('questionnaire')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows, total, page, pageSize }
}

const isoMoment = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** Throws `surveys.version-not-found` (404). */
export async function readVersion(db: Database, id: number): Promise<Version> {
  const row = await db
    .selectFrom('questionnaire_version as v')
    .innerJoin('questionnaire as q', 'q.id', 'v.questionnaire_id')
    .select(['v.id', 'v.number', 'v.fixed_at', 'v.questions', 'q.id as questionnaire', 'q.code', 'q.title'])
    .where('v.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new UstazError('surveys.version-not-found', { status: 404 })
  return {
    id: row.id,
    number: row.number,
    fixedAt: row.fixed_at?.toISOString() ?? null,
    questionnaire: { id: row.questionnaire, code: row.code, title: row.title },
    questions: row.questions,
  }
}

/** Throws `surveys.questionnaire-known` (409). */
export async function createQuestionnaire(
  db: Database,
  { code, title, questions }: { code: string; title: Words; questions: readonly Question[] },
): Promise<Version> {
  const id = await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('questionnaire')
      .values({ code, title: JSON.stringify(title) })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) throw new UstazError('surveys.questionnaire-known', { status: 409, params: { code } })
    return await insertVersion(trx, { questionnaire: made.id, number: 1, questions })
  })
  return await readVersion(db, id)
}

async function insertVersion(
  trx: Transaction<SurveyTables>,
  {
    questionnaire,
    number,
    questions,
  }: { questionnaire: number; number: number; questions: readonly Question[] },
): Promise<number> {
  const { id } = await trx
    .insertInto('questionnaire_version')
    .values({ questionnaire_id: questionnaire, number, questions: JSON.stringify(questions) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Throws `surveys.version-not-found` (404), `surveys.version-fixed` (409). */
export async function changeVersion(
  db: Database,
  id: number,
  questions: readonly Question[],
): Promise<Version> {
  const { fixedAt } = await readVersion(db, id)
  const changed = fixedAt
    ? null
    : await db
        .updateTable('questionnaire_version')
        .set({ questions: JSON.stringify(questions) })
        .where('id', '=', id)
        .where('fixed_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
  if (!changed) throw new UstazError('surveys.version-fixed', { status: 409 })
  return await readVersion(db, id)
}

/** A copy of the newest version; where that is not fixed, it is the one to change. Throws `surveys.questionnaire-not-found`. */
export async function addVersion(db: Database, questionnaire: number): Promise<Version> {
  const id = await db.transaction().execute(async (trx) => {
    await trx.selectFrom('questionnaire').select('id').where('id', '=', questionnaire).forUpdate().execute()
    const newest = await trx
      .selectFrom('questionnaire_version')
      .select(['id', 'number', 'questions', 'fixed_at'])
      .where('questionnaire_id', '=', questionnaire)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!newest) throw new UstazError('surveys.questionnaire-not-found', { status: 404 })
    if (!newest.fixed_at) return newest.id
    return await insertVersion(trx, { questionnaire, number: newest.number + 1, questions: newest.questions })
  })
  return await readVersion(db, id)
}
