import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { EvidenceStage } from '../contract/resources/evidence.ts'
import type { LocalizedText } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'
import type { EvidenceTurnTable } from '../database/tables/approval.ts'
import { rolesOfHolder } from './seats.ts'

export type ReadTurn = EvidenceStage['turns'][number] & { stage: string }

/** Turns of the last submission of an entry, in the order in which they came. */
export async function readTurns(db: Kysely<CoreTables>, evidenceId: number): Promise<ReadTurn[]> {
  const { rows } = await sql<Row>`
    select t.id, t.stage, t.holder, t.unit_id, u.name as unit, t.since, t.due_on, t.closed_at, t.outcome,
      a.name as account, f.name as instead_of
    from core.evidence_turn t
    left join core.unit u on u.id = t.unit_id
    left join core.account a on a.id = t.account_id
    left join core.account f on f.id = t.for_account_id
    where t.evidence_id = ${evidenceId}
      and t.round = (select max(round) from core.evidence_turn where evidence_id = ${evidenceId})
    order by t.id`.execute(db)
  return await Promise.all(rows.map(async (row) => toTurn(row, await peopleOf(db, row))))
}

interface Row extends Pick<
  EvidenceTurnTable,
  'stage' | 'holder' | 'unit_id' | 'since' | 'due_on' | 'closed_at' | 'outcome'
> {
  unit: LocalizedText | null
  account: string | null
  instead_of: string | null
}

/** Names of those who sit where an open turn is, at most three. */
async function peopleOf(db: Kysely<CoreTables>, { holder, unit_id, closed_at }: Row): Promise<string[]> {
  if (closed_at !== null || unit_id === null) return []
  const { rows } = await sql<{ name: string }>`
    with recursive above as (
      select id, parent_id, 0 as distance from core.unit where id = ${unit_id}
      union all
      select u.id, u.parent_id, a.distance + 1 from core.unit u join above a on u.id = a.parent_id
    )
    select acc.name from core.account_role r
    join above on above.id = r.unit_id join core.account acc on acc.id = r.account_id
    where r.role = any(${rolesOfHolder(holder)}::text[]) order by above.distance, acc.name limit 3`.execute(
    db,
  )
  return rows.map(({ name }) => name)
}

function toTurn(row: Row, people: string[]): ReadTurn {
  return {
    stage: row.stage,
    holder: row.holder,
    unit: row.unit,
    since: row.since.toISOString(),
    dueOn: row.due_on,
    closedAt: row.closed_at?.toISOString() ?? null,
    outcome: row.outcome,
    account: row.account,
    insteadOf: row.instead_of,
    people,
  }
}
