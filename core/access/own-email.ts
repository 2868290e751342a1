import type { Kysely } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { canMail, queueMail } from '../mail/queue-mail.ts'
import { translate } from '../messages/message.ts'
import { refusingDoubles } from './accounts.ts'
import { admitGuess } from './guesses.ts'
import { createLink, emailLinkAddress, findEmailLink, linkHours } from './links.ts'
import { confirmPassword } from './sign-in.ts'

type Context = Pick<AppContext, 'db' | 'jobs' | 'config' | 'now'>

export interface OwnEmail {
  email: string
  /** null: only where the account has none. */
  password: string | null
  /** Of the peer. */
  address: string
}

/**
 * Sends a link to the address that a person says is the own, where none is known; opened, it makes it so. An address that nobody has
 * opened a mail at never counts: whoever reads it can set a password. Throws `way-off` without a mail server, `email-set`,
 * `password-wrong`, `sign-in-blocked`.
 */
export async function requestOwnEmail(
  context: Context,
  accountId: number,
  { email, password, address }: OwnEmail,
): Promise<void> {
  const { db, config, now } = context
  if (!canMail(context)) throw new UstazError('way-off', { status: 403 })
  const account = await db
    .selectFrom('account')
    .leftJoin('account_password', 'account_password.account_id', 'account.id')
    .select(['email', 'name', 'language', 'hash'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (account.email !== null) throw new UstazError('email-set', { status: 409 })
  const at = now()
  if (account.hash !== null) await confirmPassword(db, accountId, { password: password ?? '', address, at })
  await admitGuess(db, { login: `email ${accountId}`, address }, at)
  await db.transaction().execute(async (trx) => {
    const { id, secret } = await createLink(trx, { accountId, purpose: 'email', email, createdBy: null, at })
    const link = emailLinkAddress(config.publicUrl, secret)
    const params = { name: account.name, address: link, hours: linkHours.email }
    await queueMail(context, trx, {
      key: `email/${id}`,
      to: email,
      subject: `Ustaz: ${translate(account.language, 'mail.email.subject')}`,
      text: `${translate(account.language, 'mail.email.text', params)}\n`,
    })
  })
}

/** Makes the address of a link the account's; answers it. Throws `link-invalid`, `email-set`, `email-taken`. */
export async function confirmOwnEmail(
  db: Kysely<CoreTables>,
  { secret, at }: { secret: string; at: Date },
): Promise<string> {
  const { email: known } = await findEmailLink(db, secret, at)
  await refusingDoubles({ email: known, teacherId: null }, async () => {
    await db.transaction().execute(async (trx) => {
      const { id, accountId, email } = await findEmailLink(trx, secret, at, true)
      await trx.updateTable('account_link').set({ used_at: at }).where('id', '=', id).execute()
      const { numUpdatedRows } = await trx
        .updateTable('account')
        .set({ email: email.toLowerCase() })
        .where('id', '=', accountId)
        .where('email', 'is', null)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows === 0n) throw new UstazError('email-set', { status: 409 })
    })
  })
  return known
}
