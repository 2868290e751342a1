import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'

/** First day of the month of a moment in UTC, YYYY-MM-DD. */
export function monthOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 7)}-01`
}

const alone = sql`select pg_advisory_xact_lock(hashtextextended('ustaz classroom partitions', 0))`

/** Makes the partition of a month if it is not there; several processes may ask at once. */
export async function ensureMonth(db: Kysely<ClassroomTables>, month: string): Promise<void> {
  const from = new Date(`${month}T00:00:00Z`)
  const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1))
  await db.transaction().execute(async (trx) => {
    await alone.execute(trx)
    await sql`
      create table if not exists plugin_classroom.${sql.raw(partitionOf(month))}
      partition of plugin_classroom.reading
      for values from (${sql.lit(from.toISOString())}) to (${sql.lit(to.toISOString())})`.execute(trx)
    await trx
      .insertInto('reading_month')
      .values({ month })
      .onConflict((conflict) => conflict.column('month').doUpdateSet({ rolled_up_at: null }))
      .execute()
  })
}

function partitionOf(month: string): string {
  return `reading_${month.slice(0, 7).replace('-', '_')}`
}

/**
 * Keeps hourly figures of the months before that of `before` and drops their readings. May run twice: what is rolled up is gone. Answers the
 * months.
 */
export async function rollUp(db: Kysely<ClassroomTables>, before: Date, now: Date): Promise<string[]> {
  const months = await db
    .selectFrom('reading_month')
    .select('month')
    .where('rolled_up_at', 'is', null)
    .where('month', '<', monthOf(before))
    .orderBy('month')
    .execute()
  for (const { month } of months) {
    const table = sql.raw(partitionOf(month))
    await db.transaction().execute(async (trx) => {
      await alone.execute(trx)
      await sql`
        insert into plugin_classroom.reading_hour (device_id, hour, quantity, channel, readings, lowest, mean, highest)
        select device_id, date_trunc('hour', measured_at, 'UTC'), quantity, channel, count(*), min(value), avg(value), max(value)
        from plugin_classroom.${table} group by 1, 2, 3, 4
        on conflict (device_id, hour, quantity, channel) do nothing`.execute(trx)
      await sql`drop table plugin_classroom.${table}`.execute(trx)
      await trx.updateTable('reading_month').set({ rolled_up_at: now }).where('month', '=', month).execute()
    })
  }
  return months.map(({ month }) => month)
}
