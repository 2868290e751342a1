import type { Kysely } from 'kysely'
import type { Language } from '../../contract/text.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { FinishedRun } from './find-run.ts'

/** Names of the run's units (as they were frozen) and of the positions, in one language. */
export async function readNames(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  language: Language,
): Promise<{ units: Map<number, string>; positions: Map<string, string> }> {
  const units = await db
    .selectFrom('snapshot_unit')
    .select(['unit_id', 'name'])
    .where('snapshot_id', '=', run.snapshotId)
    .execute()
  const positions = await db.selectFrom('position').select(['code', 'name']).execute()
  return {
    units: new Map(units.map(({ unit_id, name }) => [unit_id, name[language]])),
    positions: new Map(positions.map(({ code, name }) => [code, name[language]])),
  }
}
