import { UstazError } from '@ustaz/core/contract'
import type { Actor, PluginContext } from '@ustaz/core/plugin'
import type { JudgedAnswer } from '../answer/judge-answer.ts'
import { recordChange } from '../consultation/record-change.ts'
import type { ExpertTables } from '../tables.ts'
import { findSheet } from './read-sheet.ts'
import type { OpenSheet } from './read-sheet.ts'
import { judgeSheet, refuseLate, refuseRevision } from './save-answer.ts'

type Context = PluginContext<ExpertTables>

/**
 * Submits a whole answer, or takes it back to change it. Throws `expert.consultation-not-found`, `expert.not-open`,
 * `expert.sheet-revision`, `expert.sheet-submitted` or `expert.sheet-not-submitted` (it is there already), `expert.answer-incomplete`,
 * `expert.inconsistent` or `expert.best-worst-inconsistent` where the consultation refuses contradictions.
 */
export async function moveSheet(
  { db, now }: Context,
  actor: Actor,
  id: number,
  { action, revision }: { action: 'submit' | 'take-back'; revision: number },
): Promise<void> {
  const at = now()
  await db.transaction().execute(async (trx) => {
    const open = await findSheet(trx, { id, accountId: actor.accountId, lock: true })
    refuseLate(open, at)
    refuseRevision(open, revision)
    if (action === 'submit') refuseUnready(open)
    else if (open.sheet.submitted_at === null)
      throw new UstazError('expert.sheet-not-submitted', { status: 409 })
    await trx
      .updateTable('sheet')
      .set({ submitted_at: action === 'submit' ? at : null, revision: revision + 1 })
      .where('consultation_id', '=', id)
      .where('account_id', '=', actor.accountId)
      .execute()
    await recordChange(trx, { consultationId: id, actor, at, action })
  })
}

function refuseUnready(open: OpenSheet): void {
  if (open.sheet.submitted_at !== null) throw new UstazError('expert.sheet-submitted', { status: 409 })
  const judged = judgeSheet(open)
  const { given, needed } = judged
  if (!judged.complete)
    throw new UstazError('expert.answer-incomplete', { status: 422, params: { given, needed } })
  if (open.consultation.when_inconsistent === 'refuse' && judged.acceptable === false)
    throw contradiction(open.sheet.name, judged)
}

function contradiction(expert: string, judged: JudgedAnswer): UstazError {
  const { ratio, limit } = judged
  const rounded = { expert, ratio: ratio === null ? null : Number(ratio.toFixed(3)) }
  if (judged.method === 'best-worst') {
    const params = { ...rounded, threshold: limit, area: judged.contradiction?.area ?? null }
    return new UstazError('expert.best-worst-inconsistent', { status: 422, params })
  }
  const pairs = judged.contradiction?.judged ?? []
  const triad = [...new Set(pairs.flatMap(({ area, over }) => [area, over]))]
  return new UstazError('expert.inconsistent', { status: 422, params: { ...rounded, limit, triad } })
}
