import type { AppContext } from '../app-context.ts'
import { checkWindow } from '../approval/check-window.ts'
import { readGoverning } from '../approval/governing.ts'
import { UstazError } from '../contract/problem.ts'
import type { Actor } from '../plugin/route.ts'
import { findUnstorable } from './check-input.ts'
import { checkRevision, checkStep, openAndLock } from './open-entry.ts'
import { refuseFaults } from './prepare-input.ts'
import { recordChange } from './record-change.ts'
import { touchEntry } from './write-entry.ts'

export interface Judgement {
  /** Exact decimal; null: what was given is taken back. */
  points: string | null
  reason: string
  /** The revision that was read. */
  revision: number
}

/**
 * Gives an entry the points that a regulation leaves to whoever verifies it, and records them with the reason; the state stays.
 * Throws `evidence-not-found`, `evidence-not-allowed` (403, also about one's own work), `evidence-state`,
 * `evidence-revision`, `approval-closed` (409), `reason-missing` (422).
 */
export async function judgeEntry(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  actor: Actor,
  id: number,
  { points, reason, revision }: Judgement,
): Promise<void> {
  refuseFaults(findUnstorable({ reason }))
  await db.transaction().execute(async (trx) => {
    const opened = await openAndLock(trx, actor, id)
    checkStep(opened, 'judge')
    checkRevision(opened.entry, revision)
    if (reason === '') throw new UstazError('reason-missing', { status: 422, params: { step: 'judge' } })
    const { state, expert_points: before, happened_on: happenedOn } = opened.entry.evidence
    const at = now()
    const governing = await readGoverning(trx, opened.entry.evidence.approval_version_id)
    const roles = [...actor.roles, ...opened.rights.seats].map(({ role }) => role)
    const late =
      happenedOn !== null && checkWindow(governing, { window: 'deciding', happenedOn, at, roles, reason })
    const turn = opened.rights.held[0]
    await touchEntry(trx, id, { expert_points: points }, at)
    await recordChange(trx, {
      evidenceId: id,
      accountId: actor.accountId,
      at,
      action: 'judge',
      from: state,
      to: state,
      reason,
      late,
      stage: turn?.turn.stage ?? null,
      forAccountId: turn?.forAccountId ?? null,
      ...pointsChange(before, points),
    })
  })
}

/** How the history names given points, as they were and as they are. */
export function pointsChange(before: string | null, after: string | null) {
  return { before: { [expertPoints]: before }, after: { [expertPoints]: after } }
}

export const expertPoints = '/expertPoints'
