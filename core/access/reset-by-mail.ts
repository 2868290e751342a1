import { sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import { canMail, queueMail } from '../mail/queue-mail.ts'
import { translate } from '../messages/message.ts'
import { admitGuess } from './guesses.ts'
import { createLink, linkAddress, linkHours } from './links.ts'

type Context = Pick<AppContext, 'db' | 'jobs' | 'config' | 'now'>

const resetQueue = 'password-reset'

export async function createResetQueue(jobs: PgBoss): Promise<void> {
  if (!(await jobs.getQueue(resetQueue))) await jobs.createQueue(resetQueue)
}

/**
 * Has a link for a new password sent to an address, if an account signs in by it. Whether one does shows neither in the answer nor in
 * its time: the work is left to a job, which is asked for in any case. How often one may ask is counted like guesses, by the typed
 * address and by the peer. Throws `way-off` without a mail server, `sign-in-blocked`.
 */
export async function requestReset(
  context: Context,
  { email, address }: { email: string; address: string },
): Promise<void> {
  const { db, jobs, now } = context
  if (!canMail(context)) throw new UstazError('way-off', { status: 403 })
  await admitGuess(db, { login: `reset ${email}`, address }, now())
  const account = await db
    .selectFrom('account')
    .select('id')
    .where(sql<boolean>`lower(email) = ${email.toLowerCase()}`)
    .executeTakeFirst()
  await jobs.send(resetQueue, { accountId: account?.id ?? null })
}

export async function startResetWorker(context: Context): Promise<void> {
  if (!canMail(context)) return
  await context.jobs.work<{ accountId: number | null }>(
    resetQueue,
    { batchSize: 50, pollingIntervalSeconds: 1 },
    async (asked) => {
      for (const { data } of asked) if (data.accountId !== null) await sendReset(context, data.accountId)
    },
  )
}

/**
 * Sends the link: once an hour, which is as long as it holds, so that nobody's mailbox is filled by others and a second request does
 * not put the first link out of use. Not to who is locked, and not to who signs in by another provider and has no password here.
 */
export async function sendReset(context: Context, accountId: number): Promise<void> {
  const { db, config, now } = context
  const at = now()
  const key = `reset/${accountId}/${Math.floor(at.getTime() / 3_600_000)}`
  await db.transaction().execute(async (trx) => {
    const account = await trx
      .selectFrom('account')
      .select(['email', 'language', 'name'])
      .where('id', '=', accountId)
      .where('locked_at', 'is', null)
      .where((eb) =>
        eb.or([
          eb.exists(eb.selectFrom('account_password').select('hash').where('account_id', '=', accountId)),
          eb.not(
            eb.exists(
              eb.selectFrom('account_identity').select('subject').where('account_id', '=', accountId),
            ),
          ),
        ]),
      )
      .forUpdate()
      .executeTakeFirst()
    const sent = await trx.selectFrom('mail').select('id').where('key', '=', key).executeTakeFirst()
    if (account?.email == null || sent) return
    const { secret } = await createLink(trx, { accountId, purpose: 'reset', createdBy: null, at })
    const params = {
      name: account.name,
      address: linkAddress(config.publicUrl, secret),
      hours: linkHours.reset,
    }
    await queueMail(context, trx, {
      key,
      to: account.email,
      subject: `Ustaz: ${translate(account.language, 'mail.reset.subject')}`,
      text: `${translate(account.language, 'mail.reset.text', params)}\n`,
    })
  })
}
