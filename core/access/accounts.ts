import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { deleteUnusedLinks } from './delete-links.ts'
import { roles as knownRoles } from './rights.ts'
import { endSessions } from './sessions.ts'

type Db = Kysely<CoreTables> | Transaction<CoreTables>

export interface GivenRole {
  role: string
  /** null: the whole university. */
  unitId: number | null
}

export interface NewAccount {
  name: string
  /** One signs in by it, in any case. */
  email: string
  teacherId: number | null
  roles: readonly GivenRole[]
}

/** Makes an account that has no password yet. Throws `email-taken`, `teacher-taken`, `role-unknown`, `unit-not-found`. */
export async function createAccount(db: Kysely<CoreTables>, account: NewAccount): Promise<number> {
  return await refusingDoubles(account, async () => {
    return await db.transaction().execute(async (trx) => {
      const { id } = await trx
        .insertInto('account')
        .values({ name: account.name, email: account.email.toLowerCase(), teacher_id: account.teacherId })
        .returning('id')
        .executeTakeFirstOrThrow()
      await writeRoles(trx, id, account.roles)
      return id
    })
  })
}

/**
 * Changes name, email and teacher. With another email, links that were given for the old one stop working; sessions go on, and show what
 * the other teacher's person sees from the next request on. Throws `account-not-found`, `email-taken`, `teacher-taken`,
 * `teacher-not-found`.
 */
export async function updateAccount(
  db: Kysely<CoreTables>,
  id: number,
  account: { name: string; email: string | null; teacherId: number | null },
): Promise<void> {
  const { name, email, teacherId } = account
  await refusingDoubles(account, async () => {
    await db.transaction().execute(async (trx) => {
      const before = await requireAccount(trx, id)
      const next = email?.toLowerCase() ?? null
      await trx
        .updateTable('account')
        .set({ name, email: next, teacher_id: teacherId })
        .where('id', '=', id)
        .execute()
      if (before.email?.toLowerCase() !== next) await deleteUnusedLinks(trx, id)
    })
  })
}

/**
 * Replaces the roles that administrators give; those another provider brings along stay. The last administrator keeps the role:
 * throws `last-administrator`, `account-not-found`, `role-unknown`, `unit-not-found`.
 */
export async function setRoles(
  db: Kysely<CoreTables>,
  id: number,
  roles: readonly GivenRole[],
): Promise<void> {
  await keepingAnAdministrator(db, async (trx) => {
    await requireAccount(trx, id)
    await trx.deleteFrom('account_role').where('account_id', '=', id).where('source', '=', 'given').execute()
    await writeRoles(trx, id, roles)
  })
}

/** Locks an account, which ends its sessions, or opens it again. Throws `last-administrator`, `account-not-found`. */
export async function setLocked(
  db: Kysely<CoreTables>,
  { id, locked, at }: { id: number; locked: boolean; at: Date },
): Promise<void> {
  await keepingAnAdministrator(db, async (trx) => {
    await requireAccount(trx, id)
    await trx
      .updateTable('account')
      .set({ locked_at: locked ? at : null })
      .where('id', '=', id)
      .execute()
    if (locked) await endSessions(trx, id)
  })
}

/**
 * Parts an account from all who sign in to it by another provider; answers how many. Roles that their claims brought along go, and its
 * sessions end. The next who comes with its verified address has it. Throws `account-not-found`.
 */
export async function forgetIdentities(db: Kysely<CoreTables>, id: number): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    await requireAccount(trx, id)
    const { numDeletedRows } = await trx
      .deleteFrom('account_identity')
      .where('account_id', '=', id)
      .executeTakeFirstOrThrow()
    await trx.deleteFrom('account_role').where('account_id', '=', id).where('source', '=', 'claim').execute()
    await endSessions(trx, id)
    return Number(numDeletedRows)
  })
}

export async function storePassword(
  db: Db,
  { accountId, hash, at }: { accountId: number; hash: string; at: Date },
): Promise<void> {
  await db
    .insertInto('account_password')
    .values({ account_id: accountId, hash, changed_at: at })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ hash, changed_at: at }))
    .execute()
}

/** Throws `account-not-found`. */
export async function requireAccount(db: Db, id: number): Promise<{ email: string | null }> {
  const account = await db.selectFrom('account').select('email').where('id', '=', id).executeTakeFirst()
  if (!account) throw notFound(id)
  return account
}

const notFound = (id: number) => new UstazError('account-not-found', { status: 404, params: { id } })

async function writeRoles(trx: Transaction<CoreTables>, id: number, roles: readonly GivenRole[]) {
  if (roles.length === 0) return
  for (const { role } of roles) {
    if (!knownRoles.some((known) => known === role)) {
      throw new UstazError('role-unknown', { status: 422, params: { role } })
    }
  }
  await requireUnits(trx, roles)
  await trx
    .insertInto('account_role')
    .values(roles.map(({ role, unitId }) => ({ account_id: id, role, unit_id: unitId })))
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'role', 'unit_id']).doUpdateSet({ source: 'given' }),
    )
    .execute()
}

async function requireUnits(trx: Transaction<CoreTables>, roles: readonly GivenRole[]): Promise<void> {
  const ids = [...new Set(roles.flatMap(({ unitId }) => unitId ?? []))]
  if (ids.length === 0) return
  const found = await trx.selectFrom('unit').select('id').where('id', 'in', ids).execute()
  const id = ids.find((one) => !found.some((unit) => unit.id === one))
  if (id !== undefined) throw new UstazError('unit-not-found', { status: 404, params: { id } })
}

/** Two changes at the same time must not take away the last two administrators: one waits for the other. */
async function keepingAnAdministrator(
  db: Kysely<CoreTables>,
  change: (trx: Transaction<CoreTables>) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await administrators(trx)
    await change(trx)
    if (before > 0 && (await administrators(trx)) === 0) {
      throw new UstazError('last-administrator', { status: 409 })
    }
  })
}

/** Whether anybody can sign in who may make accounts. */
export async function hasAdministrator(db: Kysely<CoreTables>): Promise<boolean> {
  const found = await db
    .selectFrom('account_role')
    .innerJoin('account', 'account.id', 'account_role.account_id')
    .select('account.id')
    .where('role', '=', 'administrator')
    .where('email', 'is not', null)
    .where('locked_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

async function administrators(trx: Transaction<CoreTables>): Promise<number> {
  const rows = await trx
    .selectFrom('account_role')
    .innerJoin('account', 'account.id', 'account_role.account_id')
    .select('account.id')
    .where('role', '=', 'administrator')
    .where('locked_at', 'is', null)
    .forUpdate()
    .execute()
  return rows.length
}

/** Tells of an address or a teacher that another account has. */
export async function refusingDoubles<T>(
  { email, teacherId }: { email: string | null; teacherId: number | null },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const { constraint } = cause as { constraint?: string }
    const fault = constraint === undefined ? undefined : doubles[constraint]
    if (!fault) throw cause
    throw new UstazError(fault.code, { status: fault.status, params: { email, id: teacherId }, cause })
  }
}

const doubles: Readonly<Record<string, { code: string; status: number }>> = {
  account_email: { code: 'email-taken', status: 409 },
  account_teacher_id_key: { code: 'teacher-taken', status: 409 },
  account_teacher_id_fkey: { code: 'teacher-not-found', status: 404 },
}
