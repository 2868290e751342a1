import type { Kysely } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'

/**
 * Who is asking. Until sign-in exists that is whoever the request says (header x-ustaz-account, else cookie ustaz_account),
 * else the first account of the academic office; it is bearable because only this machine is served (local-only.ts).
 * Throws `account-unknown`, `account-missing`.
 */
export async function readActor(
  db: Kysely<CoreTables>,
  given: { header: string | undefined; cookie: string | undefined },
): Promise<Actor> {
  const named = given.header ?? given.cookie
  if (named === undefined) return (await findActor(db, await firstOfOffice(db))) ?? missing()
  const id = /^[1-9]\d{0,14}$/.test(named) ? Number(named) : null
  const actor = id === null ? null : await findActor(db, id)
  if (!actor)
    throw new UstazError('account-unknown', { status: 401, params: { account: named.slice(0, 40) } })
  return actor
}

function missing(): never {
  throw new UstazError('account-missing', { status: 401 })
}

async function firstOfOffice(db: Kysely<CoreTables>): Promise<number | null> {
  const first = await db
    .selectFrom('account_role')
    .select('account_id')
    .where('role', '=', 'office')
    .orderBy('account_id')
    .limit(1)
    .executeTakeFirst()
  return first?.account_id ?? null
}

/** An account with its roles; null: there is none. */
export async function findActor(db: Kysely<CoreTables>, accountId: number | null): Promise<Actor | null> {
  if (accountId === null) return null
  const account = await db
    .selectFrom('account')
    .select(['id', 'name', 'teacher_id'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('account_role')
          .select(['role', 'unit_id as unitId'])
          .whereRef('account_role.account_id', '=', 'account.id')
          .orderBy('role')
          .orderBy('unit_id'),
      ).as('roles'),
    )
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!account) return null
  return { accountId: account.id, name: account.name, teacherId: account.teacher_id, roles: account.roles }
}
