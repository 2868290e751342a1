import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { FactSource } from './fact-source.ts'

type EnrichedSource = Extract<FactSource, { source: 'evidence' }> & {
  enrich: (evidence: RawBuilder<unknown>) => RawBuilder<unknown>
}

/**
 * Lends a table (evidence_id, attributes) of what plugins add to the evidence of their kinds; null where none adds anything. It is
 * a table of its own, unlogged and gone at the end, because several processes of the server can join only what is no
 * temporary table, and know of no union how many rows it has. Fails where a plugin answers twice for an entry.
 */
export async function withEnriched(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  answers: readonly RawBuilder<unknown>[],
  work: (enriched: RawBuilder<unknown> | null) => Promise<void>,
): Promise<void> {
  if (answers.length === 0) {
    await work(null)
    return
  }
  const table = sql.table(`core.enriched_${snapshotId}`)
  const parts = answers.map((answer) => sql`select evidence_id, attributes from (${answer}) x`)
  await sql`create unlogged table ${table} as ${sql.join(parts, sql` union all `)}`.execute(trx)
  await sql`alter table ${table} add primary key (evidence_id)`.execute(trx)
  await sql`analyze ${table}`.execute(trx)
  await work(table)
  await sql`drop table ${table}`.execute(trx)
}

export function isEnriched(source: FactSource): source is EnrichedSource {
  return source.source === 'evidence' && source.enrich !== null
}
