import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** What the first link of the chain stands on. */
export const beginning = Buffer.alloc(32)

/**
 * sha256 over all of an entry `e` that stays for ever, in PostgreSQL's binary form of the values (it says type and length of each).
 * The content goes in by its own digest. A column that is added to the log later must not be added here.
 */
export const entryDigest: RawBuilder<Buffer> = sql`sha256(record_send(row(e.id, e.at, e.actor, e.account_id, e.request, e.table_name,
  e.key, e.action, e.columns, e.teacher_id, e.digest)))`

/** Of the content of an entry `e`, as it should be. Stands here, too, so that a check trusts no function of the database. */
export const contentDigest: RawBuilder<Buffer> = sql`sha256(uuid_send(e.salt) || convert_to(coalesce(e.before::text, ''), 'UTF8')
  || '\\x00'::bytea || convert_to(coalesce(e.after::text, ''), 'UTF8'))`

/** The hash of a link: over that of the link before it and the digest of its entry. */
export function linkHash(previous: Buffer, digest: Buffer): Buffer {
  return createHash('sha256').update(previous).update(digest).digest()
}
