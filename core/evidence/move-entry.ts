import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { checkWindow } from '../approval/check-window.ts'
import { findGoverning, readGoverning } from '../approval/governing.ts'
import type { Governing } from '../approval/governing.ts'
import { UstazError } from '../contract/problem.ts'
import type { Fault } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { findUnstorable } from './check-input.ts'
import { findMissing } from './find-missing.ts'
import { refuseSame } from './find-same.ts'
import { duplicateProblem, isDuplicateIdentity } from './known-evidence.ts'
import { moves } from './moves.ts'
import type { Move, MoveRequest } from './moves.ts'
import { checkRevision, checkStep, openAndLock, openEntry } from './open-entry.ts'
import type { Opened } from './open-entry.ts'
import { refuseFaults } from './prepare-input.ts'
import { teacherIdsOf } from './read-entry.ts'
import { findUnconfirmed } from './share-confirmation.ts'
import { writeMove } from './write-move.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now' | 'jobs' | 'config'>

/**
 * Takes an entry on its way and records it: submitted, it goes through the stages of the regulation that governs it; who approves in
 * one of them passes it on, in the last one it is approved. Throws `evidence-not-found`, `evidence-not-allowed` (403),
 * `evidence-state`, `evidence-revision`, `window-not-open`, `window-closed`, `approval-closed` (409), `reason-missing`,
 * `late-reason-missing`, `evidence-incomplete` (422, with what is missing), and `evidence-duplicate` where a rejected entry is
 * reopened and the same thing has been entered anew.
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
      if (request.action === 'submit') await refuseTwin(context, trx, opened)
      if (request.action === 'approve') refuseIncomplete(await findUnconfirmed(trx, id))
      const governing = await governingOf(trx, opened, request.action)
      const at = context.now()
      const late = isLate({ governing, opened, request, actor, at })
      await writeMove(context, trx, { actor, opened, request, governing, late, at })
    })
  } catch (error) {
    if (!isDuplicateIdentity(error)) throw error
    const { entry } = await openEntry(context.db, actor, id)
    throw (
      (await duplicateProblem(context.db, entry.evidence.indicator, entry.evidence.identity ?? '')) ?? error
    )
  }
}

/** The same thing may have come in by an import since it was entered. */
async function refuseTwin({ host }: Context, trx: Transaction<CoreTables>, { entry }: Opened): Promise<void> {
  const { id, indicator, title, data } = entry.evidence
  const kind = host.evidenceKind(indicator)
  if (kind) await refuseSame(trx, kind, { indicator, title, data }, id)
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
  refuseIncomplete(findMissing(host.evidenceKind(entry.evidence.indicator), entry))
}

function refuseIncomplete(issues: readonly Fault[]): void {
  if (issues.length > 0) throw new UstazError('evidence-incomplete', { status: 422, issues })
}

/** Found anew with each submission; from then on an entry keeps it, whatever is approved in the meantime. */
export async function governingOf(
  trx: Transaction<CoreTables>,
  { entry }: Pick<Opened, 'entry'>,
  action: Move | 'join',
): Promise<Governing | null> {
  const { indicator, happened_on: day, approval_version_id: versionId } = entry.evidence
  if (action !== 'submit' && action !== 'join') return await readGoverning(trx, versionId)
  if (day === null) return null
  return await findGoverning(trx, { indicator, day, teacherId: teacherIdsOf(entry)[0] ?? null })
}

function isLate(move: {
  governing: Governing | null
  opened: Opened
  request: MoveRequest
  actor: Actor
  at: Date
}): boolean {
  const { state, happened_on: happenedOn } = move.opened.entry.evidence
  if (happenedOn === null) return false
  return checkWindow(move.governing, {
    window: state === 'draft' ? 'entering' : 'deciding',
    happenedOn,
    at: move.at,
    roles: [...move.actor.roles, ...move.opened.rights.seats].map(({ role }) => role),
    reason: move.request.reason,
  })
}
