import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

/** Why an open entry cannot count for a teacher whatever a regulation says; null: nothing stands in its way. */
export type Hindrance = 'no-date' | 'outside-days' | 'not-affiliated' | null

export interface OpenEntryOf {
  id: number
  indicator: string
  hindrance: Hindrance
}

/** Entries of a teacher that are neither approved nor rejected, the newest change first. Days inclusive. */
export async function findOpenEntries(
  db: Kysely<CoreTables>,
  teacherId: number,
  { from, to }: { from: string; to: string },
): Promise<OpenEntryOf[]> {
  const { rows } = await sql<OpenEntryOf>`
    select e.id, e.indicator,
      case when e.happened_on is null then 'no-date'
        when e.happened_on not between ${from}::date and ${to}::date then 'outside-days'
        when not p.affiliated then 'not-affiliated' end as hindrance
    from core.evidence_participant p join core.evidence e on e.id = p.evidence_id
    where p.teacher_id = ${teacherId} and e.state in ('draft', 'returned', 'submitted')
    order by e.updated_at desc, e.id desc`.execute(db)
  return rows
}

/** The day of an entry the teacher takes part in; null: it has none, or there is no such entry. */
export async function dayOfEntry(
  db: Kysely<CoreTables>,
  teacherId: number,
  evidenceId: number,
): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select e.happened_on as day from core.evidence e
    join core.evidence_participant p on p.evidence_id = e.id and p.teacher_id = ${teacherId}
    where e.id = ${evidenceId}`.execute(db)
  return rows[0]?.day ?? null
}
