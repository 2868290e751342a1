import type { Kysely } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { shadowMoves, shadowStates } from '../contract/resources/shadow.ts'
import type { CoreTables } from '../database/tables.ts'
import { tellOfPublication } from '../publication/tell-of-publication.ts'
import { findShadow } from './read-shadow.ts'

type State = (typeof shadowStates)[number]
type Move = (typeof shadowMoves)[number]

/** From which states a move may be made, and where it leads. */
const moves: Record<Move, { from: readonly State[]; to: State }> = {
  publish: { from: ['review'], to: 'published' },
  withdraw: { from: ['published'], to: 'review' },
  end: { from: ['review', 'published'], to: 'ended' },
}

/**
 * Throws `shadow-not-found`, `shadow-move-refused` (from its state, also when somebody else was faster). With the end of the shadow
 * period results may be seen that were published before: now those concerned are told.
 */
export async function moveShadow(
  context: Pick<AppContext, 'db' | 'jobs' | 'config' | 'now'>,
  runId: number,
  { action, accountId, at }: { action: Move; accountId: number; at: Date },
): Promise<void> {
  const { id, state } = await findShadow(context.db, runId)
  const { from, to } = moves[action]
  await context.db.transaction().execute(async (trx) => {
    const moved = await trx
      .updateTable('shadow')
      .set({ state: to, moved_by: accountId, moved_at: at })
      .where('id', '=', id)
      .where('state', 'in', from)
      .executeTakeFirst()
    if (moved.numUpdatedRows === 0n) throw refused(action, state)
    if (action === 'end') await tellOfPublication(context, trx, runId)
  })
}

/** Takes the old rating away. Throws `shadow-not-found`, `shadow-move-refused` once it was published or the period has ended. */
export async function deleteShadow(db: Kysely<CoreTables>, runId: number): Promise<void> {
  const { id, state } = await findShadow(db, runId)
  const gone = await db
    .deleteFrom('shadow')
    .where('id', '=', id)
    .where('state', '=', 'review')
    .executeTakeFirst()
  if (gone.numDeletedRows === 0n) throw refused('delete', state)
}

function refused(action: string, state: string): UstazError {
  return new UstazError('shadow-move-refused', { status: 409, params: { action, state } })
}
