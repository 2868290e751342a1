import { sql } from 'kysely'
import type { JobWithMetadata } from 'pg-boss'
import type { AppContext } from '../app-context.ts'
import { mailQueue, messageId } from './queue-mail.ts'
import { isRefused, openSmtp } from './smtp.ts'
import type { SendMail } from './smtp.ts'

type Context = Pick<AppContext, 'db' | 'jobs' | 'config' | 'log' | 'now'>

/** Sends what is queued; any number of processes may do so. Without a mail server nothing is taken, nor was anything queued. */
export async function startMailWorker(context: Context): Promise<void> {
  const { mail } = context.config
  if (!mail) return
  const send = openSmtp(mail)
  await context.jobs.work(
    mailQueue,
    { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: 1 },
    async ([job]: JobWithMetadata<{ mailId: number }>[]) => {
      if (!job) return
      const attempt = { mailId: job.data.mailId, isLast: job.retryCount >= job.retryLimit }
      await sendOnce(context, { ...attempt, from: mail.from, send })
    },
  )
}

interface Attempt {
  mailId: number
  isLast: boolean
  from: string
  send: SendMail
}

/**
 * The row is locked while the server is asked: a second worker waits and finds it done. If this process dies after the server
 * took the mail and before the commit, it is sent once more under the same Message-ID; there is no way to know better.
 */
async function sendOnce({ db, log, now }: Context, { mailId, isLast, from, send }: Attempt): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const mail = await trx
      .selectFrom('mail')
      .select(['key', 'recipient', 'subject', 'text'])
      .where('id', '=', mailId)
      .where('text', 'is not', null)
      .forUpdate()
      .executeTakeFirst()
    // Nobody else wrote it before this worker had the lock.
    if (mail?.text == null) return
    const { key, recipient: to, subject, text } = mail
    const done = (columns: { sent_at: Date } | { failed_at: Date; failure: string }) =>
      trx
        .updateTable('mail')
        .set({ ...columns, text: null })
        .where('id', '=', mailId)
        .execute()
    try {
      await send({ from, to, subject, text, messageId: messageId(key, from) })
    } catch (error) {
      if (!isLast && !isRefused(error)) throw error
      const failure = error instanceof Error ? error.message : String(error)
      log.error(`mail ${mailId} is given up: ${failure}`)
      await done({ failed_at: now(), failure: failure.slice(0, 500) })
      return
    }
    await done({ sent_at: now() })
  })
}

const daysKept = 180

/** Forgets to whom mail went; no key is used again after so long. */
export async function deleteOldMail({ db, now }: Pick<AppContext, 'db' | 'now'>): Promise<void> {
  await db
    .deleteFrom('mail')
    .where('created_at', '<', sql<Date>`${now()}::timestamptz - make_interval(days => ${daysKept})`)
    .where('text', 'is', null)
    .execute()
}
