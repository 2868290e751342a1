import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Page } from '../contract/paging.ts'
import { UstazError } from '../contract/problem.ts'
import type { DataRequest } from '../contract/resources/privacy.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor, Scope } from '../plugin/route.ts'
import { erasePerson } from './erase-person.ts'
import type { Declaration } from './register.ts'

interface RequestFilter {
  page: number
  pageSize: number
  state?: DataRequest['state'] | undefined
  id?: number
}

/** Requests the asker may see, newest first. */
export async function listRequests(
  db: Kysely<CoreTables>,
  scope: Scope,
  { page, pageSize, state, id }: RequestFilter,
): Promise<Page<DataRequest>> {
  const where = sql.join(
    [
      scope.all ? sql`true` : sql`r.teacher_id = ${scope.teacherId ?? -1}`,
      ...(state === undefined ? [] : [sql`r.state = ${state}`]),
      ...(id === undefined ? [] : [sql`r.id = ${id}`]),
    ],
    sql` and `,
  )
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from core.data_request r where ${where}`.execute(db)
  const { rows } = await sql<
    Omit<DataRequest, 'askedAt' | 'decidedAt'> & { askedAt: Date; decidedAt: Date | null }
  >`
    select r.id, r.kind, r.reason, r.state, r.answer, r.outcome, r.asked_at as "askedAt", r.decided_at as "decidedAt",
      jsonb_build_object('id', t.id, 'code', t.code,
        'name', concat_ws(' ', t.family_name, nullif(t.given_name, ''), t.patronymic)) as teacher,
      jsonb_build_object('id', r.asked_by, 'name', a.name) as "askedBy",
      case when r.decided_by is not null then jsonb_build_object('id', r.decided_by, 'name', d.name) end as "decidedBy"
    from core.data_request r
    join core.teacher t on t.id = r.teacher_id
    left join core.account a on a.id = r.asked_by
    left join core.account d on d.id = r.decided_by
    where ${where} order by r.id desc limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  const items = rows.map((row) => ({
    ...row,
    askedAt: row.askedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }))
  return { items, total: counted[0]!.total, page, pageSize }
}

/** Throws `data-request-not-found` also for what the asker may not see. */
export async function getRequest(db: Kysely<CoreTables>, scope: Scope, id: number): Promise<DataRequest> {
  const { items } = await listRequests(db, scope, { page: 1, pageSize: 1, id })
  if (!items[0]) throw new UstazError('data-request-not-found', { status: 404 })
  return items[0]
}

/** Asks in one's own name; answers the id. Throws `data-request-open` where the same was asked and nobody has decided. */
export async function createRequest(
  db: Kysely<CoreTables>,
  actor: Actor,
  { kind, reason, at }: { kind: DataRequest['kind']; reason: string | null; at: Date },
): Promise<number> {
  if (actor.teacherId === null)
    throw new UstazError('not-allowed', { status: 403, params: { action: 'privacy.ask' } })
  const created = await db
    .insertInto('data_request')
    .values({ kind, reason, teacher_id: actor.teacherId, asked_by: actor.accountId, asked_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!created) throw new UstazError('data-request-open', { status: 409 })
  return created.id
}

interface Decision {
  id: number
  action: 'grant' | 'refuse' | 'withdraw'
  actor: Actor
  answer: string | null
  at: Date
}
const states = { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' } as const

/**
 * Decides about an open request; a granted erasure is carried out in the same transaction. Throws `data-request-not-found`,
 * `data-request-decided`, `data-request-own` (nobody decides about the own request), `data-request-answer` (a refusal needs its
 * reason) and what the erasure throws.
 */
export async function decideRequest(
  db: Kysely<CoreTables>,
  declarations: readonly Declaration[],
  { id, action, actor, answer, at }: Decision,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const request = await trx
      .selectFrom('data_request')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    const isOwn = request?.teacher_id === actor.teacherId
    if (!request || (action === 'withdraw' && !isOwn))
      throw new UstazError('data-request-not-found', { status: 404 })
    if (request.state !== 'asked') throw new UstazError('data-request-decided', { status: 409 })
    if (action !== 'withdraw' && isOwn) throw new UstazError('data-request-own', { status: 403 })
    if (action === 'refuse' && answer === null) throw new UstazError('data-request-answer', { status: 422 })
    const outcome =
      action === 'grant' && request.kind === 'erasure'
        ? await erasePerson(trx, declarations, { teacherId: request.teacher_id, at, why: `request ${id}` })
        : null
    await trx
      .updateTable('data_request')
      .set({ state: states[action], decided_by: actor.accountId, decided_at: at, answer })
      .set({ outcome: outcome && JSON.stringify(outcome) })
      .where('id', '=', id)
      .execute()
  })
}

/** The teacher of a request by which the asker may have the own data. Throws `data-request-not-found`, `data-request-not-granted`. */
export async function grantedExport(db: Kysely<CoreTables>, actor: Actor, id: number): Promise<number> {
  const scope = { all: false, unitIds: [], teacherId: actor.teacherId }
  const request = await getRequest(db, scope, id)
  if (request.kind !== 'export' || request.state !== 'granted')
    throw new UstazError('data-request-not-granted', { status: 409 })
  return request.teacher.id
}
