import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { ApprovedEntry, SharedEntries } from '../plugin/access.ts'

/** Approved entries of a kind, newest first, with the people in them. */
export async function listWithPeople(
  db: Kysely<CoreTables>,
  indicator: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<ApprovedEntry[]> {
  const { rows } = await sql<ApprovedEntry>`
    select e.id, e.data, e.happened_on as "happenedOn", (
      select coalesce(jsonb_agg(jsonb_build_object('teacherId', p.teacher_id, 'name', p.name) order by p.ordinal), '[]')
      from core.evidence_participant p where p.evidence_id = e.id) as participants
    from core.evidence e
    where e.state = 'approved' and e.indicator = ${indicator} and (${before}::bigint is null or e.id < ${before})
    order by e.id desc limit ${limit}`.execute(db)
  return rows
}

/** How many approved entries of a kind each of these teachers shares with each of the others; pairs that share none are left out. */
export async function countShared(
  db: Kysely<CoreTables>,
  indicator: string,
  { teacherIds, otherIds }: { teacherIds: readonly number[]; otherIds: readonly number[] },
): Promise<SharedEntries[]> {
  if (teacherIds.length === 0 || otherIds.length === 0) return []
  const { rows } = await sql<SharedEntries>`
    select own.teacher_id as "teacherId", other.teacher_id as "otherId", count(*)::int as entries
    from core.evidence_participant own
    join core.evidence_participant other on other.evidence_id = own.evidence_id and other.teacher_id = any(${[...otherIds]}::bigint[])
    join core.evidence e on e.id = own.evidence_id and e.state = 'approved' and e.indicator = ${indicator}
    where own.teacher_id = any(${[...teacherIds]}::bigint[]) and other.teacher_id <> own.teacher_id
    group by own.teacher_id, other.teacher_id order by own.teacher_id, other.teacher_id`.execute(db)
  return rows
}
