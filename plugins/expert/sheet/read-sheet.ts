import type { Page, RouteResponse } from '@ustaz/core/contract'
import type { Kysely, Transaction } from 'kysely'
import { progressOf } from '../answer/progress.ts'
import { findConsultation, notFound, toQuestion } from '../consultation/read-consultation.ts'
import type { ConsultationRow, SheetRow } from '../consultation/read-consultation.ts'
import type { listSheets as route, Sheet } from '../contract.ts'
import type { ExpertTables } from '../tables.ts'

type Db = Kysely<ExpertTables>

/** A consultation with the sheet that one account has in it. */
export interface OpenSheet {
  consultation: ConsultationRow
  sheet: SheetRow
}

/**
 * The sheet of an account. `lock`: until the transaction ends, and the consultation too, so that it is not closed meanwhile.
 * Throws `expert.consultation-not-found`, also for a consultation the account is not invited to.
 */
export async function findSheet(
  db: Db | Transaction<ExpertTables>,
  { id, accountId, lock = false }: { id: number; accountId: number; lock?: boolean },
): Promise<OpenSheet> {
  const consultation = await findConsultation(db, id, lock ? 'share' : undefined)
  let query = db
    .selectFrom('sheet')
    .selectAll()
    .where('consultation_id', '=', id)
    .where('account_id', '=', accountId)
  if (lock) query = query.forUpdate()
  const sheet = await query.executeTakeFirst()
  if (!sheet) throw notFound()
  return { consultation, sheet }
}

export function toSheet({ consultation, sheet }: OpenSheet, now: Date): Sheet {
  const { answer, revision, saved_at, submitted_at } = sheet
  return {
    question: toQuestion(consultation, now),
    answer,
    revision,
    savedAt: saved_at?.toISOString() ?? null,
    submittedAt: submitted_at?.toISOString() ?? null,
  }
}

type ListedSheet = RouteResponse<typeof route>['items'][number]

/** Consultations an account is invited to, newest first. */
export async function listSheets(
  db: Db,
  { accountId, page, pageSize, now }: { accountId: number; page: number; pageSize: number; now: Date },
): Promise<Page<ListedSheet>> {
  const own = db
    .selectFrom('sheet')
    .innerJoin('consultation', 'consultation.id', 'sheet.consultation_id')
    .where('sheet.account_id', '=', accountId)
  const { total } = await own.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await own
    .selectAll('consultation')
    .select(['sheet.answer', 'sheet.submitted_at'])
    .orderBy('sheet.consultation_id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const items = rows.map(({ answer, submitted_at, ...consultation }) => ({
    question: toQuestion(consultation, now),
    ...progressOf(consultation.areas.length, answer),
    submittedAt: submitted_at?.toISOString() ?? null,
  }))
  return { items, total, page, pageSize }
}
