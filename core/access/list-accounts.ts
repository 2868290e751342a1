import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Page } from '../contract/paging.ts'
import type { CoreTables } from '../database/tables.ts'

export interface Account {
  id: number
  name: string
  teacherId: number | null
  roles: { role: string; unitId: number | null; source: 'given' | 'claim' | 'appointment' }[]
}

interface AccountFilter {
  page: number
  pageSize: number
  /** A part of the name or of the email, in any case. */
  search?: string | undefined
  /** Only who has one of these roles. */
  roles?: readonly string[] | undefined
  ids?: readonly number[] | undefined
  /** Only locked ones, or only others. */
  locked?: boolean | undefined
}

/** Accounts by name. */
export async function listAccounts(
  db: Kysely<CoreTables>,
  { page, pageSize, search, roles, ids, locked }: AccountFilter,
): Promise<Page<Account>> {
  let query = db.selectFrom('account')
  if (search) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) => eb.or([eb('name', 'ilike', pattern), eb('email', 'ilike', pattern)]))
  }
  if (locked !== undefined) query = query.where('locked_at', locked ? 'is not' : 'is', null)
  if (ids) query = query.where(sql<boolean>`account.id = any(${[...ids]}::bigint[])`)
  if (roles) {
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('account_role')
          .select('account_id')
          .whereRef('account_role.account_id', '=', 'account.id')
          .where(sql<boolean>`account_role.role = any(${[...roles]})`),
      ),
    )
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await query
    .select(['id', 'name', 'teacher_id as teacherId'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('account_role')
          .select(['role', 'unit_id as unitId', 'source'])
          .whereRef('account_role.account_id', '=', 'account.id')
          .orderBy('role')
          .orderBy('unit_id'),
      ).as('roles'),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { items, total, page, pageSize }
}
