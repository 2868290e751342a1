import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { openRows } from '../frozen-rows.ts'
import { copyRows } from './copy-rows.ts'

const tables = [
  'snapshot_unit',
  'snapshot_teacher',
  'snapshot_post',
  'snapshot_leader',
  'snapshot_fact',
] as const

/**
 * Copies what a snapshot holds of one teacher, and all its units, into a snapshot of its own and answers its id: enough to
 * compute what depends on nobody else. Only for a transaction that is rolled back: the copy carries the hash of the whole.
 */
export async function restrictSnapshot(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  teacherId: number,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('core.snapshot', 'id')) as id`.execute(trx)
  const { id } = rows[0]!
  await openRows(trx, 'snapshot_fact', id)
  for (const table of tables) {
    const whose = table === 'snapshot_unit' ? sql`true` : sql`s.teacher_id = ${teacherId}`
    await copyRows(trx, table, {
      where: sql`s.snapshot_id = ${snapshotId} and ${whose}`,
      change: sql`jsonb_build_object('snapshot_id', ${id}::bigint)`,
    })
  }
  await copyRows(trx, 'snapshot', {
    where: sql`s.id = ${snapshotId}`,
    change: sql`jsonb_build_object('id', ${id}::bigint, 'teachers', 1, 'facts',
      (select count(*) from core.snapshot_fact f where f.snapshot_id = ${id}))`,
  })
  return id
}
