import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { StageDecision } from '../contract/regulation/approval.ts'
import type { CoreTables } from '../database/tables.ts'
import type { HeldTurn } from './held-turns.ts'
import type { Planned } from './plan-stage.ts'

/** Makes it the turn of those who were planned. `closesOn`: last day of deciding; null: none. */
export async function openPlanned(
  trx: Transaction<CoreTables>,
  { stage, turns }: Planned,
  {
    evidenceId,
    round,
    at,
    closesOn,
  }: { evidenceId: number; round: number; at: Date; closesOn: string | null },
): Promise<void> {
  const dueOn = stage.days === null ? null : addDays(at, stage.days)
  const shared = { evidence_id: evidenceId, round, stage: stage.id, may: stage.may, since: at }
  await trx
    .insertInto('evidence_turn')
    .values(
      turns.map(({ holder, unitId }) => {
        return { ...shared, holder, unit_id: unitId, due_on: dueOn, closes_on: closesOn }
      }),
    )
    .execute()
}

function addDays(at: Date, days: number): string {
  return new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

export interface Decision {
  decision: StageDecision
  held: readonly HeldTurn[]
  accountId: number
  at: Date
}

/**
 * Closes the turns somebody decided in. Structural units each pass for themselves; in any other stage, and where an entry is sent
 * back or refused, the turns of the others end with it.
 */
export async function closeTurns(
  trx: Transaction<CoreTables>,
  evidenceId: number,
  { decision, held, accountId, at }: Decision,
): Promise<void> {
  const [first] = held
  if (!first) throw new Error(`nobody decides about evidence ${evidenceId}`)
  const ids = held.map(({ turn }) => turn.id)
  const done = { closed_at: at, account_id: accountId, for_account_id: first.forAccountId }
  const open = trx
    .updateTable('evidence_turn')
    .where('evidence_id', '=', evidenceId)
    .where('closed_at', 'is', null)
  await open
    .set({ ...done, outcome: decision })
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .execute()
  const othersStay = decision === 'pass' && held.every(({ turn }) => turn.holder === 'verifier')
  if (!othersStay) await open.set({ closed_at: at, outcome: 'idle' }).execute()
}

/** How many turns of an entry are open. */
export async function countOpen(db: Kysely<CoreTables>, evidenceId: number): Promise<number> {
  const { count } = await db
    .selectFrom('evidence_turn')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('evidence_id', '=', evidenceId)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}
