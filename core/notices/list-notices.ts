import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Page } from '../contract/paging.ts'
import type { Notice, NoticeKind } from '../contract/resources/notices.ts'
import type { Language } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'
import { noticeText } from './notice-mail.ts'

interface NoticeFilter {
  page: number
  pageSize: number
  unread?: boolean | undefined
}

/** An account's notices in the asker's language, newest first. */
export async function listNotices(
  db: Kysely<CoreTables>,
  accountId: number,
  { page, pageSize, unread, language }: NoticeFilter & { language: Language },
): Promise<Page<Notice>> {
  let query = db.selectFrom('notice').where('account_id', '=', accountId)
  if (unread !== undefined) query = query.where('read_at', unread ? 'is' : 'is not', null)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['id', 'kind', 'params', 'link', 'created_at', 'read_at'])
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const items = rows.map(({ id, kind: stored, params, link, created_at, read_at }): Notice => {
    const kind = stored as NoticeKind
    const [createdAt, readAt] = [created_at.toISOString(), read_at?.toISOString() ?? null]
    return { id, kind, ...noticeText({ kind, params }, language), link, createdAt, readAt }
  })
  return { items, total, page, pageSize }
}

export async function countUnread(db: Kysely<CoreTables>, accountId: number): Promise<number> {
  const { count } = await db
    .selectFrom('notice')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Marks notices of the account as read; ids null: all. Those of others are left alone. Answers how many are unread still. */
export async function markRead(
  db: Kysely<CoreTables>,
  accountId: number,
  { ids, at }: { ids: readonly number[] | null; at: Date },
): Promise<number> {
  let query = db
    .updateTable('notice')
    .set({ read_at: at })
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
  if (ids) query = query.where(sql<boolean>`id = any(${[...ids]}::bigint[])`)
  await query.execute()
  return await countUnread(db, accountId)
}
