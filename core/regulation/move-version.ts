import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { Finding } from '../contract/problem.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { AcceptedWarning } from '../contract/resources/regulations.ts'
import type { CoreTables } from '../database/tables.ts'
import { checkRevision, lockVersion } from './lock-version.ts'
import type { LockedVersion } from './lock-version.ts'
import { hasWritten, recordChange } from './record-change.ts'

export interface Approval {
  accountId: number
  at: Date
  /** The one that was looked at. */
  revision: number
  /** A reason for each warning. */
  accepted: readonly Pick<AcceptedWarning, 'path' | 'code' | 'reason'>[]
  /** What stands in the way (errors), and what is to be accepted knowingly (warnings). */
  check(document: RegulationDocument): readonly Finding[] | Promise<readonly Finding[]>
}

/**
 * Approves a draft: from then on it cannot be changed. Whoever wrote any part of it does not approve it. Warnings that were
 * accepted are recorded with their reasons. Throws `regulation-not-found`, `regulation-move-refused` (no draft),
 * `regulation-revision`, `regulation-own-draft` (403), `regulation-has-issues` with the errors,
 * `regulation-warnings-open` with the warnings that nobody gave a reason for.
 */
export async function approveVersion(db: Kysely<CoreTables>, id: number, approval: Approval): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const version = await lockVersion(trx, id)
    refuseMove(version, { from: 'draft', action: 'approve' })
    checkRevision(version, approval.revision)
    if (await hasWritten(trx, id, approval.accountId)) {
      throw new UstazError('regulation-own-draft', { status: 403 })
    }
    const accepted = judge(await approval.check(regulationDocumentSchema.parse(version.document)), approval)
    const { accountId, at } = approval
    await trx
      .updateTable('regulation_version')
      .set({ state: 'approved', approved_by: accountId, approved_at: at })
      .where('id', '=', id)
      .execute()
    await record(trx, version, { accountId, at, action: 'approve', accepted })
  })
}

/** Retires an approved version: nothing is deleted, it is only not offered any more. Throws as approveVersion. */
export async function retireVersion(
  db: Kysely<CoreTables>,
  id: number,
  by: { accountId: number; at: Date },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const version = await lockVersion(trx, id)
    refuseMove(version, { from: 'approved', action: 'retire' })
    await trx.updateTable('regulation_version').set({ state: 'retired' }).where('id', '=', id).execute()
    await record(trx, version, { ...by, action: 'retire', accepted: [] })
  })
}

function refuseMove({ state }: LockedVersion, { from, action }: { from: string; action: string }): void {
  if (state === from) return
  throw new UstazError('regulation-move-refused', { status: 409, params: { action, state } })
}

function judge(findings: readonly Finding[], { accepted }: Approval): AcceptedWarning[] {
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    throw new UstazError('regulation-has-issues', {
      status: 422,
      params: { count: errors.length },
      issues: errors,
    })
  }
  const warnings = findings.filter(({ severity }) => severity === 'warning')
  const judged = warnings.map((warning) => ({ warning, reason: reasonFor(warning, accepted) }))
  const open = judged.filter(({ reason }) => reason === null).map(({ warning }) => warning)
  if (open.length > 0) {
    throw new UstazError('regulation-warnings-open', {
      status: 422,
      params: { count: open.length },
      issues: open,
    })
  }
  return judged.map(({ warning: { path, code, params }, reason }) => ({
    path,
    code,
    params,
    reason: reason!,
  }))
}

function reasonFor({ path, code }: Finding, accepted: Approval['accepted']): string | null {
  const found = accepted.find((one) => one.path === path && one.code === code)
  return found && found.reason.trim() !== '' ? found.reason.trim() : null
}

async function record(
  trx: Transaction<CoreTables>,
  { id, revision, hash }: LockedVersion,
  change: { accountId: number; at: Date; action: 'approve' | 'retire'; accepted: readonly AcceptedWarning[] },
): Promise<void> {
  await recordChange(trx, { versionId: id, revision, hash, ...change })
}
