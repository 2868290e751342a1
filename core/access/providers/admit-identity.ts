import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import { attributedTo } from '../../database/attribution.ts'
import type { CoreTables } from '../../database/tables.ts'
import { renewRoles, rolesOfGroups, rolesOfPosts } from './brought-roles.ts'
import type { ProvenIdentity } from './identity.ts'
import type { Admission } from './settings.ts'

type Trx = Transaction<CoreTables>

interface Rules extends Admission {
  /** Whether posts give roles. */
  rolesFromPosts: boolean
  at: Date
}

/**
 * The account of whom a provider proved, with the roles of today: the one it signed in to before, else the one with the same
 * verified address, else, where that is allowed, a new one. Answers codes of units that rules name and nobody knows besides.
 * Throws `email-missing`, `email-unverified`, `account-none`, `account-locked`, `account-of-another`.
 */
export async function admitIdentity(
  db: Kysely<CoreTables>,
  identity: ProvenIdentity,
  { newAccounts, rules, rolesFromPosts, at }: Rules,
): Promise<{ accountId: number; unknownUnits: string[] }> {
  const actor = `sign-in:${identity.provider.split(':', 1).join()}`
  return await attributedTo(actor, async () => {
    return await db.transaction().execute(async (trx) => {
      const accountId = (await findLinked(trx, identity)) ?? (await link(trx, identity, { newAccounts, at }))
      const teacherId = await joinTeacher(trx, accountId, identity.teacherCode)
      const { roles: claim, unknownUnits } = await rolesOfGroups(trx, rules, identity.groups)
      const appointment = rolesFromPosts ? await rolesOfPosts(trx, teacherId, dayOf(at)) : []
      await renewRoles(trx, accountId, { claim, appointment })
      return { accountId, unknownUnits }
    })
  })
}

/** Renews the roles that posts give, if they give any (`rolesFromPosts`), to an account that signs in by a password of ours. */
export async function renewPostRoles(
  db: Kysely<CoreTables>,
  accountId: number,
  { rolesFromPosts, at }: { rolesFromPosts: boolean; at: Date },
): Promise<void> {
  await attributedTo('sign-in:posts', async () => {
    await db.transaction().execute(async (trx) => {
      const { teacher_id: teacherId } = await trx
        .selectFrom('account')
        .select('teacher_id')
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow()
      const appointment = rolesFromPosts ? await rolesOfPosts(trx, teacherId, dayOf(at)) : []
      await renewRoles(trx, accountId, { claim: null, appointment })
    })
  })
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

/** null: this person has never signed in by the provider. Throws `account-locked`. */
async function findLinked(trx: Trx, { provider, subject }: ProvenIdentity): Promise<number | null> {
  const found = await trx
    .selectFrom('account_identity')
    .innerJoin('account', 'account.id', 'account_id')
    .select(['account.id', 'locked_at'])
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return found ? unlocked(found) : null
}

function unlocked({ id, locked_at: lockedAt }: { id: number; locked_at: Date | null }): number {
  if (lockedAt) throw new UstazError('account-locked', { status: 403 })
  return id
}

async function link(
  trx: Trx,
  identity: ProvenIdentity,
  { newAccounts, at }: { newAccounts: boolean; at: Date },
): Promise<number> {
  const { provider, subject, email, emailVerified } = identity
  if (email === null) throw new UstazError('email-missing', { status: 403 })
  if (!emailVerified) throw new UstazError('email-unverified', { status: 403, params: { email } })
  // Two first sign-ins of one person at the same moment: the second waits and finds what the first made.
  await sql`lock table core.account_identity in share row exclusive mode`.execute(trx)
  const before = await findLinked(trx, identity)
  if (before !== null) return before
  const accountId =
    (await findByEmail(trx, provider, email)) ?? (newAccounts ? await create(trx, identity) : null)
  if (accountId === null) throw new UstazError('account-none', { status: 403, params: { email } })
  await trx
    .insertInto('account_identity')
    .values({ provider, subject, account_id: accountId, linked_at: at })
    .execute()
  return accountId
}

/**
 * null: nobody has the address. Throws `account-locked`; `account-of-another` where somebody else of the same provider already signs
 * in to the account: addresses are given to new people, accounts are not.
 */
async function findByEmail(trx: Trx, provider: string, email: string): Promise<number | null> {
  const found = await trx
    .selectFrom('account')
    .select(['id', 'locked_at'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('account_identity')
            .select('subject')
            .whereRef('account_id', '=', 'account.id')
            .where('provider', '=', provider),
        )
        .as('taken'),
    )
    .where(sql<boolean>`lower(email) = ${email.toLowerCase()}`)
    .executeTakeFirst()
  if (!found) return null
  if (found.taken) throw new UstazError('account-of-another', { status: 403, params: { email } })
  return unlocked(found)
}

async function create(trx: Trx, { name, email }: ProvenIdentity): Promise<number> {
  const { id } = await trx
    .insertInto('account')
    .values({ name: name.slice(0, 200), email: email?.toLowerCase() ?? null, teacher_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Joins an account that is no teacher's with the teacher of the number, unless another account has that teacher. */
async function joinTeacher(trx: Trx, accountId: number, code: string | null): Promise<number | null> {
  if (code !== null) {
    await sql`
      update core.account a set teacher_id = t.id from core.teacher t
      where a.id = ${accountId} and a.teacher_id is null and t.code = ${code} and t.erased_at is null
        and not exists (select from core.account o where o.teacher_id = t.id)`.execute(trx)
  }
  const { teacher_id: teacherId } = await trx
    .selectFrom('account')
    .select('teacher_id')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return teacherId
}
