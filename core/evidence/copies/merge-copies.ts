import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { AppContext } from '../../app-context.ts'
import { UstazError } from '../../contract/problem.ts'
import type { Fault } from '../../contract/problem.ts'
import type { EvidenceInput, EvidenceState } from '../../contract/resources/evidence.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { Actor } from '../../plugin/route.ts'
import { changedFields } from '../changed-fields.ts'
import { evidenceKind } from '../evidence-kind.ts'
import { findMissing } from '../find-missing.ts'
import { refuseLocked, submitAgain } from '../join-entry.ts'
import { duplicateProblem, isDuplicateIdentity } from '../known-evidence.ts'
import { checkRevision } from '../open-entry.ts'
import { prepareChecked, refuseFaults } from '../prepare-input.ts'
import type { Prepared } from '../prepare-input.ts'
import { readEntry } from '../read-entry.ts'
import type { Entry } from '../read-entry.ts'
import { recordChange } from '../record-change.ts'
import { writtenOf } from '../update-entry.ts'
import { replaceEntry, touchEntry } from '../write-entry.ts'
import { openCopy, refuseDecided } from './open-copy.ts'
import type { Asking } from './open-copy.ts'
import { tellOfMerging } from './tell-of-merging.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now' | 'jobs' | 'config'>
export interface MergeRequest {
  /** Which of the two stays. */
  keptId: number
  /** As they were read. */
  revisions: { first: number; second: number }
  /** What stays of the data, the day and the participants of both. */
  input: Pick<EvidenceInput, 'data' | 'happenedOn' | 'participants'>
  reason: string
}

/**
 * Makes one entry of two copies: the one that stays is written anew with what was chosen of both and gets the files of the other, which is
 * rejected as merged into it. What was approved and changes by that is submitted again, as when a co-author joins. Frozen facts are
 * not touched. Throws what `openCopy` throws, `copies-decided`, `evidence-revision`, `copies-keep-other` (422: the other has come
 * further in its approval), `evidence-invalid` (also with a teacher of either left out), `evidence-incomplete`, `shares-too-many`.
 */
export async function mergeCopies(
  context: Context,
  asking: Asking,
  id: number,
  request: MergeRequest,
): Promise<number> {
  try {
    return await context.db
      .transaction()
      .execute(async (trx) => await merge(context, trx, { asking, id, request }))
  } catch (error) {
    if (!isDuplicateIdentity(error)) throw error
    const { first } = await openCopy(context.db, asking, id)
    const { indicator } = first.evidence
    const { identity } = await prepareChecked(context.db, evidenceKind(context.host, indicator), {
      indicator,
      ...request.input,
    })
    throw (await duplicateProblem(context.db, indicator, identity ?? '')) ?? error
  }
}

interface Merging {
  asking: Asking
  id: number
  request: MergeRequest
}

async function merge(
  context: Context,
  trx: Transaction<CoreTables>,
  { asking, id, request }: Merging,
): Promise<number> {
  const { actor } = asking
  const opened = await openCopy(trx, asking, id, 'lock')
  refuseDecided(opened)
  const { first, second } = opened
  checkRevision(first, request.revisions.first)
  checkRevision(second, request.revisions.second)
  const kept = [first, second].find(({ evidence }) => evidence.id === request.keptId)
  if (!kept) throw new UstazError('copies-not-found', { status: 404, params: { copy: id } })
  const other = kept === first ? second : first
  refuseLesser(kept, other)
  const { indicator } = kept.evidence
  const kind = evidenceKind(context.host, indicator)
  const prepared = await prepareChecked(trx, kind, { indicator, ...request.input })
  refuseFaults(droppedOf([kept, other], prepared))
  const at = context.now()
  await rejectOther(trx, { actor, kept, other, reason: request.reason, at })
  await writeKept(trx, { actor, kept, other, prepared, reason: request.reason, at })
  await refuseGaps(trx, context, kept)
  await decide(trx, { id, decision: 'merged', keptId: kept.evidence.id, reason: request.reason, actor, at })
  await tellOfMerging(context, trx, { actor, kept, other })
  return kept.evidence.id
}

/** How far an entry has come. */
const rank: Record<EvidenceState, number> = { rejected: 0, draft: 1, returned: 1, submitted: 2, approved: 3 }

/** Which of two may stay: one that has come no less far than the other. */
export function keepable({ evidence: a }: Entry, { evidence: b }: Entry): number[] {
  const most = Math.max(rank[a.state], rank[b.state])
  return [a, b].filter(({ state }) => rank[state] === most).map(({ id }) => id)
}

function refuseLesser(keptEntry: Entry, otherEntry: Entry): void {
  const { evidence: other } = otherEntry
  if (keepable(keptEntry, otherEntry).includes(keptEntry.evidence.id)) return
  throw new UstazError('copies-keep-other', { status: 422, params: { id: other.id, state: other.state } })
}

/** Teachers who took part in either and would not any more. */
function droppedOf(entries: readonly Entry[], { participants }: Prepared): Fault[] {
  const named = new Set(participants.map(({ teacherId }) => teacherId))
  const all = new Map(
    entries.flatMap((entry) => entry.participants).map(({ teacher_id, name }) => [teacher_id, name]),
  )
  return [...all].flatMap(([teacherId, name]) =>
    teacherId === null || named.has(teacherId)
      ? []
      : [{ path: '/participants', code: 'participant-dropped', params: { name } }],
  )
}

interface Writing {
  actor: Actor
  kept: Entry
  other: Entry
  reason: string
  at: Date
}

/** Its turns end with it. It is out of the way first: what stays may take over its identity. */
async function rejectOther(
  trx: Transaction<CoreTables>,
  { actor, kept, other, reason, at }: Writing,
): Promise<void> {
  const { id, state } = other.evidence
  await trx
    .updateTable('evidence_turn')
    .set({ closed_at: at, outcome: 'idle' })
    .where('evidence_id', '=', id)
    .where('closed_at', 'is', null)
    .execute()
  await touchEntry(trx, id, { state: 'rejected', merged_into: kept.evidence.id }, at)
  const change = { evidenceId: id, accountId: actor.accountId, at, from: state, to: 'rejected' as const }
  await recordChange(trx, { ...change, action: 'merge', reason })
}

async function writeKept(
  trx: Transaction<CoreTables>,
  { actor, kept, other, prepared, reason, at }: Writing & { prepared: Prepared },
): Promise<void> {
  const { id, state } = kept.evidence
  await sql`
    insert into core.evidence_file (evidence_id, name, media_type, bytes, sha256, uploaded_by, uploaded_at, scanned_at)
    select ${id}, name, media_type, bytes, sha256, uploaded_by, uploaded_at, scanned_at from core.evidence_file
    where evidence_id = ${other.evidence.id} order by id on conflict (evidence_id, sha256) do nothing`.execute(
    trx,
  )
  const difference = changedFields(writtenOf(kept), prepared)
  const isChanged = Object.keys({ ...difference.before, ...difference.after }).length > 0
  const isReopened = isChanged && state === 'approved'
  if (isReopened) await refuseLocked(trx, kept, at)
  const to: EvidenceState = isReopened ? 'submitted' : state
  if (isChanged) await replaceEntry(trx, id, prepared, at, { state: to })
  else await touchEntry(trx, id, {}, at)
  const change = { evidenceId: id, accountId: actor.accountId, at, from: state, to, reason }
  await recordChange(trx, { ...change, action: 'merge', ...(isChanged ? difference : {}) })
  if (isReopened) await submitAgain(trx, { actor, id, at })
}

/** What is in approval or approved must stay whole; no draft gets more than the whole either. */
async function refuseGaps(
  trx: Transaction<CoreTables>,
  { host }: Context,
  { evidence }: Entry,
): Promise<void> {
  const entry = await readEntry(trx, evidence.id, 'lock')
  if (entry.sharesAboveOne) throw new UstazError('shares-too-many', { status: 409 })
  if (!['submitted', 'approved'].includes(entry.evidence.state)) return
  const issues = findMissing(host.evidenceKind(evidence.indicator), entry)
  if (issues.length > 0) throw new UstazError('evidence-incomplete', { status: 422, issues })
}

interface Decision {
  id: number
  decision: 'merged' | 'separate'
  keptId: number | null
  reason: string
  actor: Actor
  at: Date
}

async function decide(trx: Transaction<CoreTables>, decision: Decision): Promise<void> {
  await trx
    .updateTable('evidence_copy')
    .set({
      decision: decision.decision,
      kept_id: decision.keptId,
      reason: decision.reason,
      account_id: decision.actor.accountId,
      decided_at: decision.at,
    })
    .where('id', '=', decision.id)
    .execute()
}

/** Says that the two are two works; they are not shown as a pair again. Throws what `openCopy` throws, `copies-decided`. */
export async function keepApart(
  { db, now }: Pick<Context, 'db' | 'now'>,
  asking: Asking,
  id: number,
  reason: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    refuseDecided(await openCopy(trx, asking, id, 'lock'))
    const decision = { id, decision: 'separate' as const, keptId: null, reason }
    await decide(trx, { ...decision, actor: asking.actor, at: now() })
  })
}
