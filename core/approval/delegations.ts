import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { findActor } from '../access/actor.ts'
import { decide, rolesOf } from '../access/rights.ts'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { Page } from '../contract/paging.ts'
import type { Delegation } from '../contract/resources/approval.ts'
import type { CoreTables } from '../database/tables.ts'
import { notify } from '../notices/notify.ts'
import type { Actor } from '../plugin/route.ts'

type Context = Pick<AppContext, 'db' | 'now' | 'jobs' | 'config'>
export interface DelegationRequest {
  /** null: oneself. */
  fromAccountId: number | null
  toAccountId: number
  /** Both days inclusive. */
  startsOn: string
  endsOn: string
}

/**
 * Has somebody decide in the stead of another. Throws `delegation-days` (backwards, over already, or longer than a year),
 * `delegation-self`, `delegation-account` (no such account, or one whose roles decide nothing), `delegation-twice`,
 * `not-allowed` where it is said for others and that is not one's right.
 */
export async function createDelegation(
  context: Context,
  actor: Actor,
  { fromAccountId, toAccountId, startsOn, endsOn }: DelegationRequest,
): Promise<Delegation> {
  const from = fromAccountId ?? actor.accountId
  if (from !== actor.accountId) refuseForOthers(actor)
  if (from === toAccountId) throw new UstazError('delegation-self', { status: 422 })
  const [today] = context.now().toISOString().split('T')
  const days = (Date.parse(endsOn) - Date.parse(startsOn)) / 86_400_000
  if (days < 0 || days > 366 || endsOn < (today ?? ''))
    throw new UstazError('delegation-days', { status: 422, params: { startsOn, endsOn } })
  await checkAccounts(context.db, from, toAccountId)
  const id = await context.db.transaction().execute(async (trx) => {
    await sql`select from core.account where id = ${from} for update`.execute(trx)
    const other = await trx
      .selectFrom('delegation')
      .select('id')
      .where('from_account_id', '=', from)
      .where('ended_at', 'is', null)
      .where('starts_on', '<=', endsOn)
      .where('ends_on', '>=', startsOn)
      .executeTakeFirst()
    if (other) throw new UstazError('delegation-twice', { status: 409 })
    const row = {
      from_account_id: from,
      to_account_id: toAccountId,
      starts_on: startsOn,
      ends_on: endsOn,
      created_by: actor.accountId,
      created_at: context.now(),
    }
    const created = await trx.insertInto('delegation').values(row).returning('id').executeTakeFirstOrThrow()
    const absent = await trx.selectFrom('account').select('name').where('id', '=', from).executeTakeFirst()
    await notify(context, trx, {
      accountIds: [toAccountId],
      key: `delegation/${created.id}`,
      kind: 'delegated',
      params: { name: absent?.name ?? '', from: startsOn, to: endsOn },
      link: '/approval',
      mail: true,
    })
    return created.id
  })
  return await readDelegation(context, id)
}

function refuseForOthers(actor: Actor): void {
  if (decide(actor, 'delegation.manage').length > 0) return
  throw new UstazError('not-allowed', { status: 403, params: { action: 'delegation.manage' } })
}

/** Whoever is stood in for decides something; whoever stands in has a role of those who work with evidence. */
async function checkAccounts(db: Kysely<CoreTables>, from: number, to: number): Promise<void> {
  const [principal, standIn] = [await findActor(db, from), await findActor(db, to)]
  const mayDecide = principal !== null && decide(principal, 'evidence.approve').length > 0
  const mayStandIn = standIn !== null && decide(standIn, 'evidence.move').length > 0
  if (!mayDecide || !mayStandIn) throw new UstazError('delegation-account', { status: 422 })
}

/** Takes a delegation back; what was decided under it stays. Throws `delegation-not-found`, also for those of others. */
export async function endDelegation(context: Context, actor: Actor, id: number): Promise<Delegation> {
  const mayAll = decide(actor, 'delegation.manage').length > 0
  const known = await context.db
    .selectFrom('delegation')
    .select('id')
    .where('id', '=', id)
    .$if(!mayAll, (query) => query.where('from_account_id', '=', actor.accountId))
    .executeTakeFirst()
  if (!known) throw new UstazError('delegation-not-found', { status: 404 })
  await context.db
    .updateTable('delegation')
    .set({ ended_at: context.now(), ended_by: actor.accountId })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
  return await readDelegation(context, id)
}

/** Delegations from and to the account, or all for who manages them; newest first. */
export async function listDelegations(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<Delegation>> {
  const mayAll = decide(actor, 'delegation.manage').length > 0
  const query = selectDelegations(db).$if(!mayAll, (all) =>
    all.where((eb) =>
      eb.or([eb('d.from_account_id', '=', actor.accountId), eb('d.to_account_id', '=', actor.accountId)]),
    ),
  )
  const { total } = await query
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await query
    .orderBy('d.id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { items: rows.map(toDelegation), total, page, pageSize }
}

/** Roles whose accounts may stand in for somebody. */
export const standInRoles = rolesOf('evidence.move')

async function readDelegation({ db }: Pick<Context, 'db'>, id: number): Promise<Delegation> {
  return toDelegation(await selectDelegations(db).where('d.id', '=', id).executeTakeFirstOrThrow())
}

function selectDelegations(db: Kysely<CoreTables>) {
  return db
    .selectFrom('delegation as d')
    .innerJoin('account as f', 'f.id', 'd.from_account_id')
    .innerJoin('account as t', 't.id', 'd.to_account_id')
    .select(['d.id', 'd.from_account_id', 'f.name as from_name', 'd.to_account_id', 't.name as to_name'])
    .select(['d.starts_on', 'd.ends_on', 'd.ended_at'])
    .select(
      sql<Delegation['state']>`case when d.ended_at is not null then 'ended'
        when current_date < d.starts_on then 'ahead' when current_date > d.ends_on then 'over' else 'in-force' end`.as(
        'state',
      ),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDelegations>['executeTakeFirstOrThrow']>>

function toDelegation(row: Row): Delegation {
  return {
    id: row.id,
    from: { accountId: row.from_account_id, name: row.from_name },
    to: { accountId: row.to_account_id, name: row.to_name },
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    endedAt: row.ended_at?.toISOString() ?? null,
    state: row.state,
  }
}
