import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { ProblemParams } from '../contract/problem.ts'
import type { NoticeKind } from '../contract/resources/notices.ts'
import type { CoreTables } from '../database/tables.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { noticeMail } from './notice-mail.ts'

export interface NewNotice {
  accountIds: readonly number[]
  /** What it is about ("evidence/7/4"): the same notice is given to an account once. */
  key: string
  kind: NoticeKind
  /** Fill the text of the kind. */
  params: ProblemParams
  /** Path of the page it is about; null: none. */
  link: string | null
  /** Sent by mail too, to who wants mail and has an address. */
  mail: boolean
}

/** Gives a notice, in the transaction of what it is about. */
export async function notify(
  context: Pick<AppContext, 'jobs' | 'config' | 'now'>,
  trx: Transaction<CoreTables>,
  { accountIds, key, kind, params, link, mail }: NewNotice,
): Promise<void> {
  if (accountIds.length === 0) return
  const shared = { key, kind, params: JSON.stringify(params), link, created_at: context.now() }
  const given = await trx
    .insertInto('notice')
    .values([...new Set(accountIds)].map((id) => ({ ...shared, account_id: id })))
    .onConflict((conflict) => conflict.columns(['account_id', 'key']).doNothing())
    .returning(['id', 'account_id'])
    .execute()
  if (!mail || !context.config.mail || given.length === 0) return
  const readers = await trx
    .selectFrom('account')
    .select(['id', 'email', 'language'])
    .where(
      'id',
      'in',
      given.map(({ account_id: id }) => id),
    )
    .where('wants_mail', '=', true)
    .where('email', 'is not', null)
    .execute()
  for (const { id, email, language } of readers) {
    const notice = given.find(({ account_id: account }) => account === id)
    if (!notice || email === null) continue
    const letter = noticeMail({ kind, params, link }, language, context.config.publicUrl)
    await queueMail(context, trx, { key: `notice/${notice.id}`, to: email, ...letter })
  }
}
