import type { Kysely } from 'kysely'
import type { AcceptedWarning, RegulationChange } from '../contract/resources/regulations.ts'
import type { CoreTables } from '../database/tables.ts'

/** A change whose accepted warnings are not yet in words. */
export type StoredChange = Omit<RegulationChange, 'accepted'> & { accepted: AcceptedWarning[] }

/** Who changed a version and when, oldest first. */
export async function readHistory(db: Kysely<CoreTables>, versionId: number): Promise<StoredChange[]> {
  const rows = await db
    .selectFrom('regulation_change as c')
    .innerJoin('account as a', 'a.id', 'c.account_id')
    .select(['c.revision', 'c.changed_at', 'c.account_id', 'a.name', 'c.action', 'c.accepted', 'c.reason'])
    .where('c.version_id', '=', versionId)
    .orderBy('c.id')
    .execute()
  return rows.map(({ revision, changed_at, account_id, name, action, accepted, reason }) => ({
    revision,
    at: changed_at.toISOString(),
    accountId: account_id,
    account: name,
    action,
    accepted,
    reason,
  }))
}
