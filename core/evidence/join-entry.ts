import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { Fault } from '../contract/problem.ts'
import type { EvidenceState, Participant } from '../contract/resources/evidence.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { changedFields } from './changed-fields.ts'
import { checkRole } from './check-input.ts'
import { refuseFaults } from './prepare-input.ts'
import { evidenceKind } from './evidence-kind.ts'
import { notAllowed, wrongState } from './open-entry.ts'
import { notFound, readEntry } from './read-entry.ts'
import type { Entry } from './read-entry.ts'
import { recordChange } from './record-change.ts'
import { mayEnterFor } from './rights.ts'
import { participantOf, writtenOf } from './update-entry.ts'
import { findTeacherNames } from '../people/teacher-names.ts'
import { insertParticipants, linkParticipant, touchEntry } from './write-entry.ts'

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
    const listed = entry.participants.find(
      ({ ordinal, teacher_id }) => ordinal === request.ordinal && teacher_id === null,
    )
    const [teacher] = await findTeacherNames(trx, [request.teacherId])
    refuseFaults(
      faultsOf(context, { entry, request, isListed: listed !== undefined, isTeacher: teacher !== undefined }),
    )
    const participant = listed
      ? { ...participantOf(listed), teacherId: request.teacherId, role: request.role ?? listed.role }
      : { ...newcomer, teacherId: request.teacherId, name: teacher?.name ?? '', role: request.role }
    await writeJoin(trx, { actor, entry, ordinal: listed?.ordinal ?? null, participant, at: context.now() })
  })
}

/** Nothing was agreed with somebody who comes later. */
const newcomer = { share: null, affiliated: true }

interface Joining {
  entry: Entry
  request: JoinRequest
  isListed: boolean
  isTeacher: boolean
}

function faultsOf({ host }: Context, { entry, request, isListed, isTeacher }: Joining): Fault[] {
  const { indicator } = entry.evidence
  const kind = evidenceKind(host, indicator)
  const { teacherId, role } = request
  const count = entry.participants.length + 1
  return [
    ...checkRole(kind, role, '/role'),
    ...(isTeacher ? [] : [{ path: '/teacherId', code: 'teacher-unknown', params: { teacher: teacherId } }]),
    ...(kind.participants === 'one' && !isListed
      ? [{ path: '/teacherId', code: 'participants-too-many', params: { count } }]
      : []),
  ]
}

async function writeJoin(
  trx: Transaction<CoreTables>,
  {
    actor,
    entry,
    ordinal,
    participant,
    at,
  }: { actor: Actor; entry: Entry; ordinal: number | null; participant: Participant; at: Date },
): Promise<void> {
  const { id, state } = entry.evidence
  const written = writtenOf(entry)
  const place = ordinal ?? entry.participants.length + 1
  const participants = written.participants.toSpliced(place - 1, 1, participant)
  if (ordinal === null) await insertParticipants(trx, id, [participant], place)
  else await linkParticipant(trx, id, ordinal, participant)
  const to: EvidenceState = state === 'approved' ? 'submitted' : state
  await touchEntry(trx, id, { state: to, participant_count: participants.length }, at)
  const difference = changedFields(written, { ...written, participants })
  await recordChange(trx, {
    evidenceId: id,
    accountId: actor.accountId,
    at,
    action: 'join',
    from: state,
    to,
    ...difference,
  })
}
