import type { Transaction } from 'kysely'
import type { EvidenceState, Participant } from '../contract/resources/evidence.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Prepared } from './prepare-input.ts'
import { recordChange } from './record-change.ts'

export interface Writer {
  accountId: number
  at: Date
}

/** Writes a new draft with its participants and the first line of its history. null: the same thing is there already. */
export async function insertEntry(
  trx: Transaction<CoreTables>,
  entry: Prepared,
  { accountId, at }: Writer,
): Promise<number | null> {
  const inserted = await trx
    .insertInto('evidence')
    .values({
      ...rowOf(entry),
      indicator: entry.indicator,
      created_by: accountId,
      created_at: at,
      updated_at: at,
    })
    // The only thing it can collide with is the index of identities.
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return null
  await insertParticipants(trx, inserted.id, entry.participants, 1)
  await recordChange(trx, {
    evidenceId: inserted.id,
    accountId,
    at,
    action: 'create',
    from: null,
    to: 'draft',
  })
  return inserted.id
}

/** Writes an entry anew, with all its participants; the state stays, unless `columns` say otherwise. */
export async function replaceEntry(
  trx: Transaction<CoreTables>,
  id: number,
  entry: Prepared,
  at: Date,
  columns: Parameters<typeof touchEntry>[2] = {},
): Promise<void> {
  await trx.deleteFrom('evidence_participant').where('evidence_id', '=', id).execute()
  await insertParticipants(trx, id, entry.participants, 1)
  await touchEntry(trx, id, { ...rowOf(entry), ...columns }, at)
}

function rowOf({ data, title, happenedOn, identity, participants }: Prepared) {
  return {
    data: JSON.stringify(data),
    title,
    happened_on: happenedOn,
    identity,
    ...countsOf(participants),
  }
}

/** What is counted of the participants when they are written: all, those of the university, and those of each role that is known. */
export function countsOf(participants: readonly Participant[]) {
  const roles = Map.groupBy(
    participants.flatMap(({ role }) => role ?? []),
    (role) => role,
  )
  return {
    participant_count: participants.length,
    affiliated_count: participants.filter(({ affiliated }) => affiliated).length,
    role_counts: JSON.stringify(
      Object.fromEntries([...roles].map(([role, people]) => [role, people.length])),
    ),
  }
}

/** Sets columns and counts the change. */
export async function touchEntry(
  trx: Transaction<CoreTables>,
  id: number,
  columns: Partial<ReturnType<typeof rowOf>> & {
    state?: EvidenceState
    expert_points?: string | null
    approval_version_id?: number | null
    merged_into?: number | null
  },
  at: Date,
): Promise<void> {
  await trx
    .updateTable('evidence')
    .set((eb) => ({ ...columns, revision: eb('revision', '+', 1), updated_at: at }))
    .where('id', '=', id)
    .execute()
}

/** `first`: the ordinal of the first of them. */
export async function insertParticipants(
  trx: Transaction<CoreTables>,
  id: number,
  participants: readonly Participant[],
  first: number,
): Promise<void> {
  const rows = participants.map(({ teacherId, name, role, share, affiliated }, i) => {
    return { evidence_id: id, ordinal: first + i, teacher_id: teacherId, name, role, share, affiliated }
  })
  await trx.insertInto('evidence_participant').values(rows).execute()
}

/** Says who a participant is who was listed without being known; the name stays as it was printed. */
export async function linkParticipant(
  trx: Transaction<CoreTables>,
  id: number,
  ordinal: number,
  { teacherId, role }: Pick<Participant, 'teacherId' | 'role'>,
): Promise<void> {
  await trx
    .updateTable('evidence_participant')
    .set({ teacher_id: teacherId, role })
    .where('evidence_id', '=', id)
    .where('ordinal', '=', ordinal)
    .execute()
}
