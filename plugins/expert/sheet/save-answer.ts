import { isDeepStrictEqual } from 'node:util'
import { UstazError } from '@ustaz/core/contract'
import type { Actor, PluginContext } from '@ustaz/core/plugin'
import type { Answer } from '../answer/answer.ts'
import { judgeAnswer } from '../answer/judge-answer.ts'
import type { JudgedAnswer } from '../answer/judge-answer.ts'
import { stateOf } from '../consultation/state.ts'
import type { ExpertTables } from '../tables.ts'
import { findSheet } from './read-sheet.ts'
import type { OpenSheet } from './read-sheet.ts'

type Context = PluginContext<ExpertTables>

/**
 * Saves what an expert has answered so far. The same answer again changes nothing, not even the revision. Throws
 * `expert.consultation-not-found` (also for who is not invited), `expert.not-open`, `expert.sheet-submitted`,
 * `expert.sheet-revision`, `expert.method-differs`, and what judgeAnswer refuses: areas that were not asked about, pairs that stand twice.
 */
export async function saveAnswer(
  { db, now }: Context,
  actor: Actor,
  id: number,
  { answer, revision }: { answer: Answer; revision: number },
): Promise<void> {
  const at = now()
  await db.transaction().execute(async (trx) => {
    const open = await findSheet(trx, { id, accountId: actor.accountId, lock: true })
    refuseLate(open, at)
    if (open.sheet.submitted_at !== null) throw new UstazError('expert.sheet-submitted', { status: 409 })
    refuseRevision(open, revision)
    if (answer.method !== open.consultation.method)
      throw new UstazError('expert.method-differs', {
        status: 422,
        params: { method: open.consultation.method },
      })
    judgeSheet({ ...open, sheet: { ...open.sheet, answer } })
    if (isDeepStrictEqual(answer, open.sheet.answer)) return
    await trx
      .updateTable('sheet')
      .set({ answer: JSON.stringify(answer), revision: revision + 1, saved_at: at })
      .where('consultation_id', '=', id)
      .where('account_id', '=', actor.accountId)
      .execute()
  })
}

/** Throws `expert.not-open` before the consultation opens and once it is closed. */
export function refuseLate({ consultation }: OpenSheet, now: Date): void {
  const state = stateOf(consultation, now)
  if (state !== 'open') throw new UstazError('expert.not-open', { status: 409, params: { state } })
}

/** Throws `expert.sheet-revision` if the sheet was changed since it was read. */
export function refuseRevision({ sheet }: OpenSheet, revision: number): void {
  if (sheet.revision === revision) return
  throw new UstazError('expert.sheet-revision', { status: 409, params: { revision: sheet.revision } })
}

/** By the rules of its consultation. */
export function judgeSheet({ consultation, sheet }: OpenSheet): JudgedAnswer {
  const areas = consultation.areas.map(({ id }) => id)
  const rules = { randomIndex: consultation.random_index, limit: Number(consultation.ratio_limit) }
  return judgeAnswer(areas, sheet.answer, rules, sheet.name)
}
