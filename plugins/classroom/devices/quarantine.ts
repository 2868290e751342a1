import type { Page } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { quarantinedSchema } from '../contract.ts'
import type { ClassroomTables, QuarantineReason } from '../tables.ts'

type Quarantined = z.infer<typeof quarantinedSchema>

export async function readQuarantine(
  db: Kysely<ClassroomTables>,
  { page, pageSize, reason }: { page: number; pageSize: number; reason?: QuarantineReason | undefined },
): Promise<Page<Quarantined>> {
  let query = db.selectFrom('quarantine').selectAll()
  if (reason) query = query.where('reason', '=', reason)
  const rows = await query
    .select(sql<number>`(count(*) over ())::integer`.as('total'))
    .orderBy('last_at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const items = rows.map((row) => ({
    id: row.id,
    reason: row.reason,
    topic: row.topic,
    device: row.device_name,
    detail: row.detail,
    payload: row.payload.toString('utf8'),
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    times: row.times,
  }))
  return { items, total: rows[0]?.total ?? 0, page, pageSize }
}

/** Days (UTC) that are answered. */
const countedDays = 14

export async function readCounts(
  db: Kysely<ClassroomTables>,
  now: Date,
): Promise<{ day: string; outcome: string; count: number }[]> {
  const since = new Date(now.getTime() - countedDays * 86_400_000).toISOString().slice(0, 10)
  return await db
    .selectFrom('ingest_count')
    .select(['day', 'outcome', 'count'])
    .where('day', '>', since)
    .orderBy('day', 'desc')
    .orderBy('outcome')
    .execute()
}
