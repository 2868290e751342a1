import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { Page } from '../contract/paging.ts'
import type { ManagedAccount } from '../contract/resources/accounts.ts'
import type { CoreTables } from '../database/tables.ts'
import { listAccounts } from './list-accounts.ts'
import type { Account } from './list-accounts.ts'
import { sessionHours } from './sessions.ts'

interface ManagedFilter {
  page: number
  pageSize: number
  /** A part of the name or the email. */
  search?: string | undefined
  role?: string | undefined
  locked?: boolean | undefined
}

/** Accounts by name, with what an administrator needs to know of each. */
export async function listManagedAccounts(
  db: Kysely<CoreTables>,
  { role, ...filter }: ManagedFilter,
  now: Date,
): Promise<Page<ManagedAccount>> {
  const found = await listAccounts(db, { ...filter, roles: role === undefined ? undefined : [role] })
  return { ...found, items: await withState(db, found.items, now) }
}

/** One account. Throws `account-not-found`. */
export async function getManagedAccount(
  db: Kysely<CoreTables>,
  id: number,
  now: Date,
): Promise<ManagedAccount> {
  const { items } = await listAccounts(db, { ids: [id], page: 1, pageSize: 1 })
  const [account] = await withState(db, items, now)
  if (!account) throw new UstazError('account-not-found', { status: 404, params: { id } })
  return account
}

async function withState(
  db: Kysely<CoreTables>,
  accounts: readonly Account[],
  now: Date,
): Promise<ManagedAccount[]> {
  const idleSince = new Date(now.getTime() - sessionHours.idle * 3_600_000)
  const ids = accounts.map(({ id }) => id)
  const states = await db
    .selectFrom('account as a')
    .leftJoin('account_password as p', 'p.account_id', 'a.id')
    .leftJoin('teacher as t', 't.id', 'a.teacher_id')
    .leftJoin('account_totp as f', 'f.account_id', 'a.id')
    .leftJoin('account_session as s', (join) =>
      join.onRef('s.account_id', '=', 'a.id').on('s.expires_at', '>', now).on('s.seen_at', '>', idleSince),
    )
    .select((eb) => [
      'a.id',
      'a.email',
      'a.locked_at as lockedAt',
      eb.fn.count<number>('s.id').as('openSessions'),
      eb.fn.max('s.seen_at').as('seenAt'),
    ])
    .select(sql<boolean>`p.hash is not null`.as('hasPassword'))
    .select(
      sql<boolean>`exists (select from core.account_identity i where i.account_id = a.id)`.as(
        'isKnownElsewhere',
      ),
    )
    .select(sql<string | null>`concat_ws(' ', t.family_name, t.given_name, t.patronymic)`.as('teacherName'))
    .select(sql<boolean>`f.confirmed_at is not null`.as('hasSecondFactor'))
    .where(sql<boolean>`a.id = any(${ids}::bigint[])`)
    .groupBy(['a.id', 'p.hash', 'f.confirmed_at', 't.id'])
    .execute()
  return accounts.map((account) => {
    const state = states.find(({ id }) => id === account.id)
    return {
      ...account,
      teacherName: account.teacherId === null ? null : (state?.teacherName ?? null),
      email: state?.email ?? null,
      locked: state?.lockedAt != null,
      hasPassword: state?.hasPassword ?? false,
      isKnownElsewhere: state?.isKnownElsewhere ?? false,
      hasSecondFactor: state?.hasSecondFactor ?? false,
      seenAt: state?.seenAt?.toISOString() ?? null,
      openSessions: state?.openSessions ?? 0,
    }
  })
}
