import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { AppContext } from '../../app-context.ts'
import type { CoreTables } from '../../database/tables.ts'
import { notify } from '../../notices/notify.ts'
import type { Actor } from '../../plugin/route.ts'
import { teacherIdsOf } from '../read-entry.ts'
import type { Entry } from '../read-entry.ts'

/** Tells those who take part in either copy, and who entered them, where their work stands now. */
export async function tellOfMerging(
  context: Pick<AppContext, 'jobs' | 'config' | 'now'>,
  trx: Transaction<CoreTables>,
  { actor, kept, other }: { actor: Actor; kept: Entry; other: Entry },
): Promise<void> {
  const teacherIds = [...teacherIdsOf(kept), ...teacherIdsOf(other)]
  const accountIds = [kept.evidence.created_by, other.evidence.created_by]
  const { rows } = await sql<{ id: number }>`
    select id from core.account
    where (id = any(${accountIds}::bigint[]) or teacher_id = any(${teacherIds}::bigint[])) and id <> ${actor.accountId}
    order by id`.execute(trx)
  await notify(context, trx, {
    accountIds: rows.map(({ id }) => id),
    key: `evidence/${other.evidence.id}/merged/${other.evidence.revision}`,
    kind: 'evidence-merged',
    params: { title: kept.evidence.title },
    link: `/evidence/${kept.evidence.id}`,
    mail: false,
  })
}
