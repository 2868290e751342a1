import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/definition.ts'
import type { FactSource } from './fact-source.ts'
import { freezeFacts } from './freeze-facts.ts'
import { freezeTeachers, freezeUnits } from './freeze-people.ts'
import { hashSnapshot } from './hash-snapshot.ts'

export interface Snapshot {
  id: number
  hash: string
  teachers: number
  facts: number
}

/** Freezes the people and facts of a period. The row of the snapshot is written last: it is never changed. */
export async function takeSnapshot(
  trx: Transaction<CoreTables>,
  period: Period,
  sources: readonly FactSource[],
): Promise<Snapshot> {
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('core.snapshot', 'id')) as id`.execute(trx)
  const { id } = rows[0]!
  await freezeUnits(trx, id)
  const teachers = await freezeTeachers(trx, id, period)
  await sql`analyze core.snapshot_teacher`.execute(trx)
  const facts = await freezeFacts(trx, id, period, sources)
  await sql`analyze core.snapshot_fact`.execute(trx)
  const hash = await hashSnapshot(trx, id, period)
  await sql`insert into core.snapshot (id, period_from, period_to, teachers, facts, hash)
    overriding system value
    values (${id}, ${period.from}, ${period.to}, ${teachers}, ${facts}, ${hash})`.execute(trx)
  return { id, hash, teachers, facts }
}
