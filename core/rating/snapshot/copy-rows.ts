import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'

/** Rows (called s) once more, whatever columns they have, with some of their values changed. */
export async function copyRows(
  trx: Transaction<CoreTables>,
  table: keyof CoreTables,
  { where, change }: { where: RawBuilder<unknown>; change: RawBuilder<unknown> },
): Promise<void> {
  const name = sql.table(`core.${table}`)
  await sql`insert into ${name} overriding system value
    select r.* from ${name} s cross join lateral jsonb_populate_record(s, ${change}) r where ${where}`.execute(
    trx,
  )
}
