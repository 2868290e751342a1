import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { fromKysely } from 'pg-boss'
import type { PgBoss } from 'pg-boss'
import type { AppContext } from '../app-context.ts'
import type { Config } from '../config.ts'
import type { CoreTables } from '../database/tables.ts'

export interface Mail {
  /** Names the mail for ever ("reset/7/3f0c"): what is asked for twice under one key is sent once. */
  key: string
  /** One address, without a name. */
  to: string
  subject: string
  /** Plain text; forgotten as soon as it is sent, so it may hold a link that lets somebody in. */
  text: string
}

export const mailQueue = 'mail-send'

/** Tries for about a day: after 30 s, 1 min, 2 min, ... up to 3 h apart. */
const queueOptions = {
  retryLimit: 14,
  retryDelay: 30,
  retryBackoff: true,
  retryDelayMax: 3 * 3600,
  expireInSeconds: 180,
}

export async function createMailQueue(jobs: PgBoss): Promise<void> {
  if (await jobs.getQueue(mailQueue)) await jobs.updateQueue(mailQueue, queueOptions)
  else await jobs.createQueue(mailQueue, queueOptions)
}

type Context = Pick<AppContext, 'jobs' | 'now'> & { config: Pick<Config, 'mail'> }

/**
 * Has a mail sent once `trx` is committed, and not at all where it is rolled back. false: nothing will be sent, because no mail
 * server is set or this key was used before.
 */
export async function queueMail(
  context: Context,
  trx: Transaction<CoreTables>,
  mail: Mail,
): Promise<boolean> {
  return (await queueMails(context, trx, [mail])) === 1
}

/** The same of many, in two statements; answers how many will be sent. */
export async function queueMails(
  { jobs, config, now }: Context,
  trx: Transaction<CoreTables>,
  mails: readonly Mail[],
): Promise<number> {
  if (!config.mail || mails.length === 0) return 0
  const column = (name: keyof Mail) => mails.map((mail) => mail[name])
  const { rows } = await sql<{ id: number }>`
    insert into core.mail (key, recipient, subject, text, created_at)
    select m.key, m.recipient, m.subject, m.text, ${now()}
    from unnest(${column('key')}::text[], ${column('to')}::text[], ${column('subject')}::text[], ${column('text')}::text[])
      m (key, recipient, subject, text)
    on conflict (key) do nothing returning id`.execute(trx)
  if (rows.length === 0) return 0
  const sends = rows.map(({ id }) => ({ data: { mailId: id } }))
  await jobs.insert(mailQueue, sends, { db: fromKysely(trx) })
  return rows.length
}

/** Whether this process could send mail at all. */
export function canMail({ config }: Pick<AppContext, 'config'>): boolean {
  return config.mail !== null
}

/** The same for each try of a mail, so that whoever receives it can tell a second copy (RFC 5322, 3.6.4). */
export function messageId(key: string, from: string): string {
  const host = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${host}>`
}
