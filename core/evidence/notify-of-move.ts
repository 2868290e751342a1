import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { CoreTables } from '../database/tables.ts'
import { notify } from '../notices/notify.ts'
import { teacherIdsOf } from './read-entry.ts'
import type { Movement } from './movement.ts'

/** Moves that those who take part are told of. What needs them to do something is sent by mail too. */
const told = {
  return: { kind: 'evidence-returned', mail: true },
  reject: { kind: 'evidence-rejected', mail: true },
  approve: { kind: 'evidence-approved', mail: false },
} as const

/** Tells those who take part, and who entered it, but not whoever decided; of approvals only when the last stage is passed. */
export async function notifyOfMove(
  context: Pick<AppContext, 'jobs' | 'config' | 'now'>,
  trx: Transaction<CoreTables>,
  { actor, opened, request }: Movement,
): Promise<void> {
  const { action } = request
  if (action === 'submit' || action === 'reopen') return
  const { id, title, created_by: createdBy } = opened.entry.evidence
  const now = await trx
    .selectFrom('evidence')
    .select(['state', 'revision'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (now.state === 'submitted') return
  const accounts = await trx
    .selectFrom('account')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('id', '=', createdBy),
        sql<boolean>`teacher_id = any(${teacherIdsOf(opened.entry)}::bigint[])`,
      ]),
    )
    .where('id', '<>', actor.accountId)
    .execute()
  await notify(context, trx, {
    ...told[action],
    accountIds: accounts.map((account) => account.id),
    key: `evidence/${id}/${now.revision}`,
    params: { title, reason: request.reason },
    link: `/evidence/${id}`,
  })
}
