import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'

/** Hours without a message after which a process is not shown any more. */
const shownHours = 24
const keptDays = 7

export interface IngestProcess {
  name: string
  startedAt: string
  lastAt: string
  messages: number
}

/** Processes that took messages within a day, the newest first. */
export async function readProcesses(db: Kysely<ClassroomTables>, now: Date): Promise<IngestProcess[]> {
  const rows = await db
    .selectFrom('ingest_process')
    .selectAll()
    .where('last_at', '>', new Date(now.getTime() - shownHours * 3_600_000))
    .orderBy('last_at', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ name, started_at, last_at, messages }) => {
    return { name, startedAt: started_at.toISOString(), lastAt: last_at.toISOString(), messages }
  })
}

export async function forgetProcesses(db: Kysely<ClassroomTables>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000)
  await db.deleteFrom('ingest_process').where('last_at', '<', before).execute()
}
