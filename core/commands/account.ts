import { sql } from 'kysely'
import { createAccount } from '../access/accounts.ts'
import { createLink, linkAddress } from '../access/links.ts'
import type { LinkPurpose } from '../access/link-purpose.ts'
import type { Config } from '../config.ts'
import { UstazError } from '../contract/problem.ts'
import { createLog } from './command-log.ts'
import { openStanding } from './open-standing.ts'
import type { Standing } from './open-standing.ts'
import { say } from './speak.ts'

export interface AccountToCreate {
  email: string
  name: string
  role: string
}

/**
 * Makes an account whose role holds in the whole university and says the link by which its person sets a password, once: how the
 * first administrator gets in. Throws `email-taken`, `role-unknown`.
 */
export async function createAccountByCommand(config: Config, account: AccountToCreate): Promise<void> {
  const { email, name, role } = account
  await withStanding(config, async ({ db }) => {
    const roles = [{ role, unitId: null }]
    const id = await createAccount(db, { email, name, teacherId: null, roles })
    await sayLink(config, db, { id, email, purpose: 'invitation' })
  })
}

/** Says a new link for setting the password of the account with this email. Throws `email-unknown`. */
export async function linkAccountByCommand(config: Config, email: string): Promise<void> {
  await withStanding(config, async ({ db }) => {
    const account = await db
      .selectFrom('account')
      .select('id')
      .where(sql<boolean>`lower(email) = ${email.toLowerCase()}`)
      .executeTakeFirst()
    if (!account) throw new UstazError('email-unknown', { status: 404, params: { email } })
    await sayLink(config, db, { id: account.id, email, purpose: 'reset' })
  })
}

async function withStanding(config: Config, work: (standing: Standing) => Promise<void>): Promise<void> {
  const standing = await openStanding(config, createLog('error'), { create: true })
  try {
    await work(standing)
  } finally {
    await standing.stop()
  }
}

async function sayLink(
  { publicUrl }: Config,
  db: Standing['db'],
  { id, email, purpose }: { id: number; email: string; purpose: LinkPurpose },
): Promise<void> {
  const link = await createLink(db, { accountId: id, purpose, createdBy: null, at: new Date() })
  const address = linkAddress(publicUrl, link.secret)
  say('account.link', { email, address, until: link.expiresAt.toISOString() })
}
