import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'

/** A copy that is opened again stands for itself: whether it is one still has to be said again. */
export async function forgetMerging(trx: Transaction<CoreTables>, evidenceId: number): Promise<void> {
  await trx
    .updateTable('evidence_copy')
    .set({ decision: null, kept_id: null, reason: null, account_id: null, decided_at: null })
    .where('decision', '=', 'merged')
    .where((eb) => eb.or([eb('first_id', '=', evidenceId), eb('second_id', '=', evidenceId)]))
    .where('kept_id', '<>', evidenceId)
    .execute()
}
