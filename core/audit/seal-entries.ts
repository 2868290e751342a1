import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { beginning, entryDigest, linkHash } from './chain.ts'

/** Key of the advisory lock: one process at a time makes links. */
const sealLock = 7_382_020
const batchSize = 10_000

/**
 * Links all entries that are committed and not linked yet to the chain; answers how many. Another process at it: 0, for it links them.
 * What is committed before is linked before: an entry comes into the first batch whose transaction sees it.
 */
export async function sealEntries(db: Kysely<CoreTables>): Promise<number> {
  let sealed = 0
  for (;;) {
    const batch = await db.transaction().execute(sealBatch)
    sealed += batch
    if (batch < batchSize) return sealed
  }
}

async function sealBatch(trx: Transaction<CoreTables>): Promise<number> {
  const { rows: lock } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(${sealLock}) as locked`.execute(trx)
  if (!lock[0]!.locked) return 0
  const { rows: entries } = await sql<{ id: number; digest: Buffer }>`
    select e.id, ${entryDigest} as digest from core.audit_pending p join core.audit_entry e on e.id = p.entry_id
    order by p.entry_id limit ${batchSize}`.execute(trx)
  if (entries.length === 0) return 0
  const last = await trx
    .selectFrom('audit_link')
    .select(['position', 'hash'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  let hash = last?.hash ?? beginning
  const hashes = entries.map(({ digest }) => (hash = linkHash(hash, digest)).toString('hex'))
  const ids = entries.map(({ id }) => id)
  await sql`insert into core.audit_link (position, entry_id, hash)
    select ${last?.position ?? 0} + n, id, decode(hash, 'hex')
    from unnest(${ids}::bigint[], ${hashes}::text[]) with ordinality as link (id, hash, n)`.execute(trx)
  await sql`delete from core.audit_pending where entry_id = any(${ids}::bigint[])`.execute(trx)
  return entries.length
}
