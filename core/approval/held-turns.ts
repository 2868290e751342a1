import type { Kysely, Selectable } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { EvidenceTurnTable } from '../database/tables/approval.ts'
import { sits } from './seats.ts'
import type { Seat } from './seats.ts'

export type Turn = Selectable<EvidenceTurnTable>
/** An open turn in which somebody may decide. */
export interface HeldTurn {
  turn: Turn
  /** In whose stead; null: for oneself. */
  forAccountId: number | null
}

/** Whose turn an entry is now. */
export async function openTurns(db: Kysely<CoreTables>, evidenceId: number): Promise<Turn[]> {
  return await db
    .selectFrom('evidence_turn')
    .selectAll()
    .where('evidence_id', '=', evidenceId)
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute()
}

/**
 * Turns that these seats may decide in, about work of these teachers: one's own seat goes before standing in for somebody. The
 * office may act in any turn, for what would hang otherwise; where it also sits there itself, that seat is named.
 */
export function heldTurns(
  turns: readonly Turn[],
  seats: readonly Seat[],
  teacherIds: readonly number[],
): HeldTurn[] {
  const free = seats.filter(({ conflicts }) => !conflicts.some((id) => teacherIds.includes(id)))
  return turns.flatMap((turn) => {
    const seat = free.find((one) => sits(one, turn)) ?? free.find(({ role }) => role === 'office')
    return seat ? [{ turn, forAccountId: seat.forAccountId }] : []
  })
}
