import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { Fault } from '../contract/problem.ts'
import type { EvidenceState, Participant } from '../contract/resources/evidence.ts'
import type { CoreTables } from '../database/tables.ts'
import type { EvidenceKind } from '../plugin/definition.ts'
import type { Actor } from '../plugin/route.ts'
import { checkWindow } from '../approval/check-window.ts'
import { readGoverning } from '../approval/governing.ts'
import { changedFields } from './changed-fields.ts'
import { checkRole } from './check-input.ts'
import { refuseFaults } from './prepare-input.ts'
import { nextStage } from './enter-stage.ts'
import { evidenceKind } from './evidence-kind.ts'
import { governingOf } from './move-entry.ts'
import { notAllowed, wrongState } from './open-entry.ts'
import { notFound, readEntry } from './read-entry.ts'
import type { Entry } from './read-entry.ts'
import { recordChange } from './record-change.ts'
import { mayEnterFor } from './rights.ts'
import { participantOf, writtenOf } from './update-entry.ts'
import { findTeacherNames } from '../people/teacher-names.ts'
import { countsOf, insertParticipants, linkParticipant, touchEntry } from './write-entry.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now'>
export interface JoinRequest {
  /** What the entry is recognised by: the asker shows that the same thing was entered, since ids can be guessed. */
  identity: string
  teacherId: number
  role: string | null
  /** The participant, not matched yet, who the teacher is; null or already matched: the teacher is added at the end. */
  ordinal: number | null
}

/**
 * Lists a teacher on an entry that is there already. A teacher may do so for themselves, others for teachers they enter evidence
 * for. Approved evidence goes back to `submitted`: what was approved did not name this teacher. Being listed already changes
 * nothing. Throws `evidence-not-found` (also for another identity), `evidence-not-allowed`, `evidence-state` (rejected),
 * `evidence-invalid` (unknown role, a kind about one teacher).
 */
export async function joinEntry(
  context: Context,
  actor: Actor,
  id: number,
  request: JoinRequest,
): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    const entry = await readEntry(trx, id, 'lock')
    if (entry.evidence.identity !== request.identity) throw notFound(id)
    if (!(await mayEnterFor(trx, actor, request.teacherId))) throw notAllowed('join')
    if (entry.participants.some(({ teacher_id }) => teacher_id === request.teacherId)) return
    if (entry.evidence.state === 'rejected') throw wrongState(entry, 'join')
    await refuseLocked(trx, entry, context.now())
    const joining = await findJoining(trx, entry, request)
    refuseFaults(faultsOf(evidenceKind(context.host, entry.evidence.indicator), entry, joining))
    await writeJoin(trx, { actor, entry, joining, at: context.now() })
  })
}

/** Whoever is listed after approving has closed would open again what is closed. */
export async function refuseLocked(trx: Transaction<CoreTables>, entry: Entry, at: Date): Promise<void> {
  const { approval_version_id: versionId, happened_on: happenedOn, state } = entry.evidence
  if (state !== 'approved' || happenedOn === null) return
  const governing = await readGoverning(trx, versionId)
  checkWindow(governing, { window: 'deciding', happenedOn, at, roles: [], reason: null })
}

interface Joining {
  /** Where the teacher stands already, unmatched; null: at the end. */
  ordinal: number | null
  participant: Participant & { teacherId: number }
  isTeacher: boolean
}

async function findJoining(
  trx: Transaction<CoreTables>,
  { participants }: Entry,
  { teacherId, role, ordinal }: JoinRequest,
): Promise<Joining> {
  const [teacher] = await findTeacherNames(trx, [teacherId])
  const isTeacher = teacher !== undefined
  const listed = participants.find((one) => one.ordinal === ordinal && one.teacher_id === null)
  if (listed) {
    const participant = { ...participantOf(listed), teacherId, role: role ?? listed.role }
    return { ordinal: listed.ordinal, participant, isTeacher }
  }
  // No share was agreed with somebody who comes later.
  const participant = { teacherId, name: teacher?.name ?? '', role, share: null, affiliated: true }
  return { ordinal: null, participant, isTeacher }
}

function faultsOf(
  kind: EvidenceKind<never>,
  entry: Entry,
  { ordinal, participant, isTeacher }: Joining,
): Fault[] {
  const { teacherId, role, name } = participant
  if (!isTeacher) return [{ path: '/teacherId', code: 'teacher-unknown', params: { teacher: teacherId } }]
  const count = entry.participants.length + 1
  return [
    ...checkRole(kind, role, '/role'),
    ...(role === null && kind.roles.length > 0
      ? [{ path: '/role', code: 'role-missing', params: { name } }]
      : []),
    ...(kind.participants === 'one' && ordinal === null
      ? [{ path: '/teacherId', code: 'participants-too-many', params: { count } }]
      : []),
  ]
}

async function writeJoin(
  trx: Transaction<CoreTables>,
  { actor, entry, joining, at }: { actor: Actor; entry: Entry; joining: Joining; at: Date },
): Promise<void> {
  const { ordinal, participant } = joining
  const { id, state } = entry.evidence
  const written = writtenOf(entry)
  const place = ordinal ?? entry.participants.length + 1
  if (ordinal === null) await insertParticipants(trx, id, [participant], place)
  else await linkParticipant(trx, id, ordinal, participant)
  const participants = written.participants.toSpliced(place - 1, 1, participant)
  const isReopened = state === 'approved'
  const to: EvidenceState = isReopened ? 'submitted' : state
  await touchEntry(trx, id, { state: to, ...countsOf(participants) }, at)
  const change = { evidenceId: id, accountId: actor.accountId, at, from: state, to }
  const difference = changedFields(written, { ...written, participants })
  await recordChange(trx, { ...change, action: 'join', ...difference })
  if (isReopened) await submitAgain(trx, { actor, id, at })
}

/** Begins the way of approval anew for an entry that was approved and is `submitted` again by a change that is written already. */
export async function submitAgain(
  trx: Transaction<CoreTables>,
  { actor, id, at }: { actor: Actor; id: number; at: Date },
): Promise<void> {
  const entry = await readEntry(trx, id, 'lock')
  const governing = await governingOf(trx, { entry }, 'join')
  await trx
    .updateTable('evidence')
    .set({ approval_version_id: governing?.versionId ?? null })
    .where('id', '=', id)
    .execute()
  const { revision: round } = entry.evidence
  const next = await nextStage(trx, { entry, governing, after: null, round, at })
  await next.write({ accountId: actor.accountId })
}
