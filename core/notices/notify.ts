import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { NoticeKind, NoticeParams } from '../contract/resources/notices.ts'
import type { CoreTables } from '../database/tables.ts'
import { queueMails } from '../mail/queue-mail.ts'
import { noticeMail } from './notice-mail.ts'

export interface NewNotice {
  accountIds: readonly number[]
  /** What it is about ("evidence/7/4"): the same notice is given to an account once. */
  key: string
  kind: NoticeKind
  /** Fill the text of the kind. */
  params: NoticeParams
  /** Path of the page it is about, of each account where it is not the same for all; null: none. */
  link: string | null | ((accountId: number) => string)
  /** Sent by mail too, to who wants mail and has an address. */
  mail: boolean
}
type Context = Pick<AppContext, 'jobs' | 'config' | 'now'>

/** Gives a notice, in the transaction of what it is about; in a few statements to however many accounts. */
export async function notify(
  context: Context,
  trx: Transaction<CoreTables>,
  notice: NewNotice,
): Promise<void> {
  const accountIds = [...new Set(notice.accountIds)]
  if (accountIds.length === 0) return
  const { key, kind, params, link } = notice
  const links = accountIds.map((id) => (typeof link === 'function' ? link(id) : link))
  const { rows: given } = await sql<{ id: number }>`
    insert into core.notice (account_id, key, kind, params, link, created_at)
    select n.account_id, ${key}, ${kind}, ${JSON.stringify(params)}::jsonb, n.link, ${context.now()}
    from unnest(${accountIds}::bigint[], ${links}::text[]) n (account_id, link)
    on conflict (account_id, key) do nothing returning id`.execute(trx)
  const noticeIds = given.map(({ id }) => id)
  if (notice.mail && noticeIds.length > 0) await sendByMail(context, trx, notice, noticeIds)
}

async function sendByMail(
  context: Context,
  trx: Transaction<CoreTables>,
  { kind, params }: NewNotice,
  noticeIds: readonly number[],
): Promise<void> {
  const { mail, publicUrl } = context.config
  if (!mail) return
  const readers = await trx
    .selectFrom('notice as n')
    .innerJoin('account as a', 'a.id', 'n.account_id')
    .select(['n.id', 'n.link', 'a.email', 'a.language'])
    .where(sql<boolean>`n.id = any(${[...noticeIds]}::bigint[])`)
    .where('a.wants_mail', '=', true)
    .where('a.email', 'is not', null)
    .orderBy('n.id')
    .execute()
  const mails = readers.map(({ id, link, email, language }) => ({
    key: `notice/${id}`,
    to: email!,
    ...noticeMail({ kind, params, link }, language, publicUrl),
  }))
  await queueMails(context, trx, mails)
}
