import type { Kysely } from 'kysely'
import type { ImportReport } from '../../contract/resources/people.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { ImportKindName } from './definition.ts'
import { importTable } from './import-table.ts'
import type { TableOrder } from './import-table.ts'
import { imports } from './kinds/index.ts'

export interface ImportOrder extends TableOrder {
  kind: ImportKindName
}

/** Brings units, teachers, appointments, leaders or leave up to what a file says; importTable says how. */
export async function importPeople(db: Kysely<CoreTables>, order: ImportOrder): Promise<ImportReport> {
  return await importTable(db, imports[order.kind], order)
}
