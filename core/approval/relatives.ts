import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { decide } from '../access/rights.ts'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { Page } from '../contract/paging.ts'
import type { Relative } from '../contract/resources/approval.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'

type Context = Pick<AppContext, 'db' | 'now'>

/**
 * Names a teacher as a relative of an account (null: of oneself); naming the same one again changes nothing. Throws
 * `not-allowed` where it is said for others and that is not one's right, `relative-unknown` (422).
 */
export async function createRelative(
  { db, now }: Context,
  actor: Actor,
  { accountId, teacherId }: { accountId: number | null; teacherId: number },
): Promise<Relative> {
  const about = accountId ?? actor.accountId
  if (about !== actor.accountId && !mayManage(actor))
    throw new UstazError('not-allowed', { status: 403, params: { action: 'relative.manage' } })
  const account = await db
    .selectFrom('account')
    .select('teacher_id')
    .where('id', '=', about)
    .executeTakeFirst()
  const teacher = await db.selectFrom('teacher').select('id').where('id', '=', teacherId).executeTakeFirst()
  if (!account || !teacher || account.teacher_id === teacherId)
    throw new UstazError('relative-unknown', { status: 422 })
  await db
    .insertInto('relative')
    .values({ account_id: about, teacher_id: teacherId, created_by: actor.accountId, created_at: now() })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'teacher_id']).where('ended_at', 'is', null).doNothing(),
    )
    .execute()
  const row = await selectRelatives(db)
    .where('r.account_id', '=', about)
    .where('r.teacher_id', '=', teacherId)
    .executeTakeFirstOrThrow()
  return toRelative(row)
}

/** Takes one back; that it was there stays on record. Throws `relative-not-found`. */
export async function endRelative({ db, now }: Context, actor: Actor, id: number): Promise<void> {
  const ended = await db
    .updateTable('relative')
    .set({ ended_at: now(), ended_by: actor.accountId })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows === 0n) throw new UstazError('relative-not-found', { status: 404 })
}

/** Those of the account, or all for who manages them; newest first. */
export async function listRelatives(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<Relative>> {
  const query = selectRelatives(db).$if(!mayManage(actor), (all) =>
    all.where('r.account_id', '=', actor.accountId),
  )
  const { total } = await query
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await query
    .orderBy('r.id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { items: rows.map(toRelative), total, page, pageSize }
}

const mayManage = (actor: Actor) => decide(actor, 'relative.manage').length > 0

function selectRelatives(db: Kysely<CoreTables>) {
  return db
    .selectFrom('relative as r')
    .innerJoin('account as a', 'a.id', 'r.account_id')
    .innerJoin('teacher as t', 't.id', 'r.teacher_id')
    .where('r.ended_at', 'is', null)
    .select(['r.id', 'r.account_id', 'a.name', 'r.teacher_id', 'r.created_at'])
    .select(sql<string>`t.family_name || ' ' || t.given_name`.as('teacher_name'))
}

type Row = Awaited<ReturnType<ReturnType<typeof selectRelatives>['executeTakeFirstOrThrow']>>

function toRelative(row: Row): Relative {
  return {
    id: row.id,
    account: { accountId: row.account_id, name: row.name },
    teacher: { id: row.teacher_id, name: row.teacher_name },
    createdAt: row.created_at.toISOString(),
  }
}
