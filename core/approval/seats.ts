import { sql } from 'kysely'
import type { Expression, Kysely, SqlBool } from 'kysely'
import { findActor } from '../access/actor.ts'
import { rolesOf } from '../access/rights.ts'
import { withUnitsBelow } from '../access/scope.ts'
import type { StageHolder } from '../contract/regulation/approval.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'

/** A role in which an account decides: its own, or that of somebody it stands in for. */
export interface Seat {
  role: string
  /** All units below written out; null: the whole university. */
  unitIds: readonly number[] | null
  /** null: its own. */
  forAccountId: number | null
  /** Teachers about whom it decides nothing: who sits there, whom it stands in for, and the relatives of both. */
  conflicts: readonly number[]
}

/** Whose turns a role decides in. */
const holdersOf: Readonly<Record<string, readonly StageHolder[]>> = {
  head: ['leader', 'head'],
  dean: ['leader', 'dean'],
  verifier: ['verifier'],
  office: ['office'],
}

/** Roles that decide in turns of a holder. */
export function rolesOfHolder(holder: StageHolder): string[] {
  return Object.keys(holdersOf).filter((role) => holdersOf[role]?.includes(holder))
}

/** All seats of an account today, its own first. */
export async function findSeats(db: Kysely<CoreTables>, actor: Actor): Promise<Seat[]> {
  const own = await seatsOf(db, actor, null, await conflictsOf(db, [actor.accountId]))
  const absent = await db
    .selectFrom('delegation')
    .select('from_account_id')
    .distinct()
    .where('to_account_id', '=', actor.accountId)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`current_date between starts_on and ends_on`)
    .execute()
  const others: Seat[] = []
  for (const { from_account_id: id } of absent) {
    const principal = await findActor(db, id)
    if (!principal) continue
    others.push(...(await seatsOf(db, principal, id, await conflictsOf(db, [id, actor.accountId]))))
  }
  return [...own, ...others]
}

async function seatsOf(
  db: Kysely<CoreTables>,
  { roles }: Actor,
  forAccountId: number | null,
  conflicts: readonly number[],
): Promise<Seat[]> {
  const deciding: readonly string[] = rolesOf('evidence.approve')
  const seats: Seat[] = []
  for (const { role, unitId } of roles) {
    if (!deciding.includes(role)) continue
    const unitIds = unitId === null || role === 'office' ? null : await withUnitsBelow(db, [unitId])
    seats.push({ role, unitIds, forAccountId, conflicts })
  }
  return seats
}

/** Teachers about whom none of these accounts may decide. */
export async function conflictsOf(db: Kysely<CoreTables>, accountIds: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct c.id from unnest(${[...accountIds]}::bigint[]) account (id)
    cross join lateral core.conflicts_of(account.id) c (id)`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether a seat is one of those whose turn it is. */
export function sits(seat: Seat, turn: { holder: StageHolder; unit_id: number | null }): boolean {
  if (!holdersOf[seat.role]?.includes(turn.holder)) return false
  return seat.unitIds === null || (turn.unit_id !== null && seat.unitIds.includes(turn.unit_id))
}

/** The same, and that the seat may decide, as a condition on open turns called t. */
export function turnsOf(seats: readonly Seat[]): Expression<SqlBool> {
  const conditions = seats.map(({ role, unitIds, conflicts }) => {
    const within = unitIds === null ? sql`true` : sql`t.unit_id = any(${[...unitIds]}::bigint[])`
    return sql`(t.holder = any(${[...(holdersOf[role] ?? [])]}::text[]) and ${within} and not exists (
      select from core.evidence_participant p
      where p.evidence_id = t.evidence_id and p.teacher_id = any(${[...conflicts]}::bigint[])))`
  })
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`
}
