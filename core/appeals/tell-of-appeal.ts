import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { rolesOf } from '../access/rights.ts'
import type { AppContext } from '../app-context.ts'
import type { CoreTables } from '../database/tables.ts'
import { notify } from '../notices/notify.ts'

type Context = Pick<AppContext, 'jobs' | 'config' | 'now'>

/** Whoever may name a reviewer, of an appeal that was filed. By mail they are told only if it waits too long. */
export async function tellOfFiling(
  context: Context,
  trx: Transaction<CoreTables>,
  { appealId, until }: { appealId: number; until: string },
): Promise<void> {
  await notify(context, trx, {
    accountIds: await findAssigners(trx),
    key: `appeal/${appealId}/filed`,
    kind: 'appeal-filed',
    params: { until },
    link: `/appeals/${appealId}`,
    mail: false,
  })
}

/** The reviewer, of an appeal that was given to them. `step`: of its history, so that whoever gets it a second time is told again. */
export async function tellOfAssignment(
  context: Context,
  trx: Transaction<CoreTables>,
  {
    appealId,
    reviewerId,
    until,
    step,
  }: { appealId: number; reviewerId: number; until: string; step: number },
): Promise<void> {
  await notify(context, trx, {
    accountIds: [reviewerId],
    key: `appeal/${appealId}/assigned/${step}`,
    kind: 'appeal-assigned',
    params: { until },
    link: `/appeals/${appealId}`,
    mail: true,
  })
}

/** The appellant, of the answer with its reason. */
export async function tellOfAnswer(
  context: Context,
  trx: Transaction<CoreTables>,
  appeal: { id: number; teacherId: number; outcome: 'upheld' | 'rejected'; reason: string },
): Promise<void> {
  const accounts = await trx
    .selectFrom('account')
    .select('id')
    .where('teacher_id', '=', appeal.teacherId)
    .where('locked_at', 'is', null)
    .execute()
  await notify(context, trx, {
    accountIds: accounts.map(({ id }) => id),
    key: `appeal/${appeal.id}/answered`,
    kind: appeal.outcome === 'upheld' ? 'appeal-upheld' : 'appeal-rejected',
    params: { reason: appeal.reason },
    link: `/appeals/${appeal.id}`,
    mail: true,
  })
}

/** Accounts that may name a reviewer. */
export async function findAssigners(db: Kysely<CoreTables>): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct a.id from core.account a join core.account_role r on r.account_id = a.id
    where r.role = any(${rolesOf('appeal.assign')}::text[]) and a.locked_at is null order by a.id`.execute(db)
  return rows.map(({ id }) => id)
}
