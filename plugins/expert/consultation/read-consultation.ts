import type { Page } from '@ustaz/core/contract'
import { UstazError } from '@ustaz/core/contract'
import type { Kysely, Selectable, Transaction } from 'kysely'
import { progressOf } from '../answer/progress.ts'
import type { Consultation, ConsultationDetail, Question } from '../contract.ts'
import type { ConsultationTable, ExpertTables, SheetTable } from '../tables.ts'
import { stateOf } from './state.ts'

type Db = Kysely<ExpertTables>
export type ConsultationRow = Selectable<ConsultationTable>
export type SheetRow = Selectable<SheetTable>

/** Consultations by page, newest first. */
export async function listConsultations(
  db: Db,
  { page, pageSize, now }: { page: number; pageSize: number; now: Date },
): Promise<Page<Consultation>> {
  const { total } = await db
    .selectFrom('consultation')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await selectConsultations(db)
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { items: rows.map((row) => toConsultation(row, now)), total, page, pageSize }
}

/** One with how far its experts are, and its history. Throws `expert.consultation-not-found`. */
export async function readConsultation(db: Db, id: number, now: Date): Promise<ConsultationDetail> {
  const row = await selectConsultations(db).where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound()
  const sheets = await readSheets(db, id)
  const experts = sheets.map(({ account_id: accountId, name, answer, saved_at, submitted_at }) => ({
    accountId,
    name,
    ...progressOf(row.areas.length, answer),
    savedAt: saved_at?.toISOString() ?? null,
    submittedAt: submitted_at?.toISOString() ?? null,
  }))
  return { ...toConsultation(row, now), experts, history: await readHistory(db, id) }
}

/** The row of a consultation; `lock`: until the transaction ends, so that it is not closed meanwhile. */
export async function findConsultation(
  db: Db | Transaction<ExpertTables>,
  id: number,
  lock?: 'share' | 'update',
): Promise<ConsultationRow> {
  let query = db.selectFrom('consultation').selectAll().where('id', '=', id)
  if (lock === 'share') query = query.forShare()
  if (lock === 'update') query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** By name. */
export async function readSheets(db: Db, id: number): Promise<SheetRow[]> {
  return await db
    .selectFrom('sheet')
    .selectAll()
    .where('consultation_id', '=', id)
    .orderBy('name')
    .orderBy('account_id')
    .execute()
}

/** What is asked, as everybody who has to do with it may see it. */
export function toQuestion(row: ConsultationRow, now: Date): Question {
  const { id, title, areas, method, random_index: randomIndex, ratio_limit, opens_at } = row
  return {
    id,
    title,
    areas,
    method,
    randomIndex,
    limit: Number(ratio_limit),
    whenInconsistent: row.when_inconsistent,
    opensAt: opens_at.toISOString(),
    closesAt: (row.closed_at ?? row.closes_at).toISOString(),
    state: stateOf(row, now),
  }
}

export function notFound(): UstazError {
  return new UstazError('expert.consultation-not-found', { status: 404 })
}

function selectConsultations(db: Db) {
  return db
    .selectFrom('consultation')
    .selectAll()
    .select((eb) => [
      eb
        .selectFrom('sheet')
        .select((count) => count.fn.countAll<number>().as('n'))
        .whereRef('sheet.consultation_id', '=', 'consultation.id')
        .as('invited'),
      eb
        .selectFrom('sheet')
        .select((count) => count.fn.count<number>('submitted_at').as('n'))
        .whereRef('sheet.consultation_id', '=', 'consultation.id')
        .as('submitted'),
    ])
}

type CountedRow = ConsultationRow & { invited: number | null; submitted: number | null }

function toConsultation(row: CountedRow, now: Date): Consultation {
  const { version_id: versionId, regulation_code: code, regulation_version: version, revision } = row
  const counts = { invited: row.invited ?? 0, submitted: row.submitted ?? 0 }
  return { ...toQuestion(row, now), ...counts, versionId, regulation: { code, version }, revision }
}

async function readHistory(db: Db, id: number): Promise<ConsultationDetail['history']> {
  const rows = await db
    .selectFrom('consultation_change')
    .selectAll()
    .where('consultation_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map(({ changed_at, account_name: account, action, reason, regulation_version }) => ({
    at: changed_at.toISOString(),
    account,
    action,
    reason,
    regulationVersion: regulation_version,
  }))
}
