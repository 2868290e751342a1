import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { shadowMoves, shadowStates } from '../contract/resources/shadow.ts'
import type { CoreTables } from '../database/tables.ts'
import { findShadow } from './read-shadow.ts'

type State = (typeof shadowStates)[number]
type Move = (typeof shadowMoves)[number]

/** From which states a move may be made, and where it leads. */
const moves: Record<Move, { from: readonly State[]; to: State }> = {
  publish: { from: ['review'], to: 'published' },
  withdraw: { from: ['published'], to: 'review' },
  end: { from: ['review', 'published'], to: 'ended' },
}

/** Throws `shadow-not-found`, `shadow-move-refused` (from its state, also when somebody else was faster). */
export async function moveShadow(
  db: Kysely<CoreTables>,
  runId: number,
  { action, accountId, at }: { action: Move; accountId: number; at: Date },
): Promise<void> {
  const { id, state } = await findShadow(db, runId)
  const { from, to } = moves[action]
  const moved = await db
    .updateTable('shadow')
    .set({ state: to, moved_by: accountId, moved_at: at })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  if (moved.numUpdatedRows === 0n) throw refused(action, state)
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
