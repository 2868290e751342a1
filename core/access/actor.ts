import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'

/** What is selected of table account for `toActor`. */
export const actorColumns = [
  'account.id as accountId',
  'account.name as accountName',
  'account.teacher_id as teacherId',
  sql<Actor['roles']>`(
    select coalesce(json_agg(json_build_object('role', r.role, 'unitId', r.unit_id) order by r.role, r.unit_id), '[]')
    from account_role r where r.account_id = account.id)`.as('roles'),
] as const

interface ActorRow {
  accountId: number
  accountName: string
  teacherId: number | null
  roles: Actor['roles']
}

export function toActor({ accountId, accountName, teacherId, roles }: ActorRow): Actor {
  return { accountId, name: accountName, teacherId, roles }
}

/** An account with its roles; null: there is none. */
export async function findActor(db: Kysely<CoreTables>, accountId: number | null): Promise<Actor | null> {
  if (accountId === null) return null
  const account = await db
    .selectFrom('account')
    .select(actorColumns)
    .where('account.id', '=', accountId)
    .executeTakeFirst()
  return account ? toActor(account) : null
}
