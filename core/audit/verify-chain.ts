import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { beginning, contentDigest, entryDigest } from './chain.ts'

/**
 * What is wrong with an entry: a link before it is missing; the entry itself is; it was altered (or its link was); its content was
 * altered; its content is gone and no erasure says so; it stands outside of the chain without waiting for it.
 */
export type BreakKind =
  'link-missing' | 'entry-missing' | 'entry-altered' | 'content-altered' | 'content-missing' | 'entry-outside'

export interface Break {
  kind: BreakKind
  /** Of the link, 1..; null: the entry has none. */
  position: number | null
  entryId: number
  /** null: there is no such entry. */
  table: string | null
  at: Date | null
}
export interface Verification {
  /** Links that were looked at. */
  links: number
  /** Entries that wait for a link. */
  pending: number
  /** The last link: to be kept outside, for only that shows that the end was not cut off or all of it written anew. null: there is none. */
  head: { position: number; hash: string } | null
  /** The first, by position; null: everything holds. */
  broken: Break | null
  /** Where the hash that was asked for stands; null: none was asked for, or it stands nowhere. */
  headAt: number | null
}

/**
 * Computes the chain anew from a position on (what comes before is taken as it is) and holds it against what is recorded. One
 * snapshot of the database; uses functions of PostgreSQL only, none that stands in the database.
 * `head`: sha256 in hex that was once printed or exported; it must be the hash of one of the links.
 */
export async function verifyChain(
  db: Kysely<CoreTables>,
  { from = 1, head = null }: { from?: number; head?: string | null } = {},
): Promise<Verification> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const broken = (await findBrokenLink(trx, from)) ?? (await findOutside(trx))
      const { rows } = await sql<{ links: number; pending: number; headAt: number | null }>`select
        (select count(*) from core.audit_link where position >= ${from}) as links,
        (select count(*) from core.audit_pending) as pending,
        (select position from core.audit_link where hash = decode(${head ?? ''}, 'hex')) as "headAt"`.execute(
        trx,
      )
      return { ...rows[0]!, head: await readHead(trx), broken }
    })
}

/** The last link of the chain; null: there is none yet. */
export async function readHead(db: Kysely<CoreTables>): Promise<{ position: number; hash: string } | null> {
  const last = await db
    .selectFrom('audit_link')
    .select(['position', sql<string>`encode(hash, 'hex')`.as('hash')])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? null
}

async function findBrokenLink(trx: Kysely<CoreTables>, from: number): Promise<Break | null> {
  const { rows } = await sql<Break>`
    with chain as (
      select l.position, l.entry_id, l.hash, e.id, e.action, e.at, e.table_name, e.digest, e.salt, ${entryDigest} as computed,
        case when e.salt is not null then ${contentDigest} end as content, e.before is null and e.after is null as empty,
        lag(l.hash) over (order by l.position) as previous, lag(l.position) over (order by l.position) as before
      from core.audit_link l left join core.audit_entry e on e.id = l.entry_id
      where l.position >= ${from - 1}
    ), erased as (
      select distinct jsonb_array_elements(e.key -> 'entries')::bigint as id
      from core.audit_entry e
      where e.action = 'erase' and jsonb_typeof(e.key -> 'entries') = 'array'
    ), judged as (
      select c.*, case
        when c.position <> coalesce(c.before, 0) + 1 then 'link-missing'
        when c.id is null then 'entry-missing'
        when c.hash <> sha256(coalesce(c.previous, ${beginning}) || c.computed) then 'entry-altered'
        when c.salt is not null and c.content <> c.digest then 'content-altered'
        when c.salt is null and not (c.empty and exists (select from erased where erased.id = c.id)) then 'content-missing'
      end as kind
      from chain c where c.position >= ${from}
    )
    select kind, position, entry_id as "entryId", table_name as "table", at
    from judged where kind is not null order by position limit 1`.execute(trx)
  return rows[0] ?? null
}

/** Entries without a link that wait for none, and what waits without being there. */
async function findOutside(trx: Kysely<CoreTables>): Promise<Break | null> {
  const { rows } = await sql<Break>`
    select case when e.id is null then 'entry-missing' else 'entry-outside' end as kind, null as position,
      coalesce(e.id, p.entry_id) as "entryId", e.table_name as "table", e.at
    from core.audit_entry e full join core.audit_pending p on p.entry_id = e.id
    where e.id is null or (p.entry_id is null and not exists (select from core.audit_link l where l.entry_id = e.id))
    order by 3 limit 1`.execute(trx)
  return rows[0] ?? null
}
