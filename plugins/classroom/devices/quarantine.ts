import type { Language, Page } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { z } from 'zod'
import type { quarantinedSchema } from '../contract.ts'
import type { ClassroomTables, QuarantineReason, QuarantineTable } from '../tables.ts'
import { nameOf, textOf } from '../texts.ts'

type Quarantined = z.infer<typeof quarantinedSchema>

interface Asked {
  page: number
  pageSize: number
  reason?: QuarantineReason | undefined
  language: Language
}

/** Details are in the asked language; those that were stored without a code are in English. */
export async function readQuarantine(
  db: Kysely<ClassroomTables>,
  { page, pageSize, reason, language }: Asked,
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
    detail: detailOf(row, language),
    payload: row.payload.toString('utf8'),
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    times: row.times,
  }))
  return { items, total: rows[0]?.total ?? 0, page, pageSize }
}

function detailOf(
  { code, params, detail }: Pick<Selectable<QuarantineTable>, 'code' | 'params' | 'detail'>,
  language: Language,
): string {
  if (code === null) return detail
  const said = { ...params }
  if (typeof said['quantity'] === 'string')
    said['quantity'] = nameOf(language, 'quantities', said['quantity'])
  return textOf(language, 'faults', { code, params: said }).message
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
