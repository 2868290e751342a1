import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { findUnstorable } from './check-input.ts'
import { findMissing } from './find-missing.ts'
import { duplicateProblem, isDuplicateIdentity } from './known-evidence.ts'
import { pointsChange } from './judge-entry.ts'
import { moves } from './moves.ts'
import type { Move } from './moves.ts'
import { checkRevision, checkStep, openAndLock, openEntry } from './open-entry.ts'
import type { Opened } from './open-entry.ts'
import { refuseFaults } from './prepare-input.ts'
import { recordChange } from './record-change.ts'
import { touchEntry } from './write-entry.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now'>
export interface MoveRequest {
  action: Move
  reason: string | null
  /** The revision that was read. */
  revision: number
}

/**
 * Takes an entry from one state to the next and records it. Throws `evidence-not-found`, `evidence-not-allowed` (403),
 * `evidence-state`, `evidence-revision` (409), `reason-missing`, `evidence-incomplete` (422, with what is missing), and
 * `evidence-duplicate` where a rejected entry is reopened and the same thing has been entered anew.
 */
export async function moveEntry(
  context: Context,
  actor: Actor,
  id: number,
  request: MoveRequest,
): Promise<void> {
  refuseFaults(findUnstorable({ reason: request.reason }))
  try {
    await context.db.transaction().execute(async (trx) => {
      const opened = await openAndLock(trx, actor, id)
      checkMove(context, opened, request)
      await writeMove(trx, { actor, opened, request, at: context.now() })
    })
  } catch (error) {
    if (!isDuplicateIdentity(error)) throw error
    const { entry } = await openEntry(context.db, actor, id)
    throw (
      (await duplicateProblem(context.db, entry.evidence.indicator, entry.evidence.identity ?? '')) ?? error
    )
  }
}

function checkMove({ host }: Context, opened: Opened, { action, reason, revision }: MoveRequest): void {
  const { entry } = opened
  const move = moves[action]
  checkStep(opened, action)
  checkRevision(entry, revision)
  if (move.reason === 'demanded' && !reason) {
    throw new UstazError('reason-missing', { status: 422, params: { step: action } })
  }
  if (!move.whole) return
  const issues = findMissing(host.evidenceKind(entry.evidence.indicator), entry)
  if (issues.length > 0) throw new UstazError('evidence-incomplete', { status: 422, issues })
}

async function writeMove(
  trx: Transaction<CoreTables>,
  { actor, opened, request, at }: { actor: Actor; opened: Opened; request: MoveRequest; at: Date },
): Promise<void> {
  const { id, state, expert_points: points } = opened.entry.evidence
  const { to } = moves[request.action]
  // What is open to change again was not what the points were given for.
  const isWithdrawn = points !== null && (to === 'draft' || to === 'returned')
  await touchEntry(trx, id, { state: to, ...(isWithdrawn ? { expert_points: null } : {}) }, at)
  const change = {
    evidenceId: id,
    accountId: actor.accountId,
    at,
    from: state,
    to,
    reason: request.reason || null,
    ...(isWithdrawn ? pointsChange(points, null) : {}),
  }
  await recordChange(trx, { ...change, action: request.action })
}
