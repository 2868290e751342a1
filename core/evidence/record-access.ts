import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { KindRecord, RecordAccess } from '../plugin/access.ts'
import type { PluginHost } from '../plugins/host.ts'
import { jsonSchemaOf } from '../plugins/json-schema.ts'
import { openEntry } from './open-entry.ts'
import { teacherIdsOf } from './read-entry.ts'

/** What plugins may learn of evidence of all kinds, and nothing of the people in it. */
export function recordAccess(db: Kysely<CoreTables>, host: PluginHost): RecordAccess {
  return {
    listKinds: () =>
      host.evidenceKinds().map(({ indicator, kind }) => ({
        indicator,
        schema: jsonSchemaOf(kind.schema, 'input'),
      })),
    listApproved: async (page) => await listApproved(db, page),
    countByYear: async () => await countByYear(db),
    async read(actor, id) {
      const { entry } = await openEntry(db, actor, id)
      const { evidence } = entry
      return {
        id,
        indicator: evidence.indicator,
        title: evidence.title,
        data: evidence.data,
        participants: evidence.participant_count,
        state: evidence.state,
        mostInYear: await mostInYear(db, evidence.indicator, evidence.happened_on, teacherIdsOf(entry)),
      }
    },
  }
}

async function listApproved(
  db: Kysely<CoreTables>,
  { before, limit }: { before: number | null; limit: number },
): Promise<KindRecord[]> {
  return await db
    .selectFrom('evidence')
    .select(['id', 'indicator', 'title', 'data', 'participant_count as participants'])
    .where('state', '=', 'approved')
    .$if(before !== null, (query) => query.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

async function countByYear(db: Kysely<CoreTables>) {
  const { rows } = await sql<{ indicator: string; entries: number; times: number }>`
    select indicator, entries, count(*)::int as times
    from (
      select e.indicator, p.teacher_id, extract(year from e.happened_on) as year, count(*)::int as entries
      from core.evidence e
      join core.evidence_participant p on p.evidence_id = e.id and p.teacher_id is not null
      where e.state = 'approved' and e.happened_on is not null
      group by e.indicator, p.teacher_id, year
    ) of_teacher
    group by indicator, entries
    order by indicator, entries
  `.execute(db)
  return rows
}

/** How many entries of the kind in that calendar year the one of these teachers has who has most; null: no date, or no teacher. */
async function mostInYear(
  db: Kysely<CoreTables>,
  indicator: string,
  day: string | null,
  teacherIds: readonly number[],
): Promise<number | null> {
  if (day === null || teacherIds.length === 0) return null
  const { rows } = await sql<{ most: number | null }>`
    select max(entries)::int as most
    from (
      select count(*) as entries
      from core.evidence_participant p
      join core.evidence e on e.id = p.evidence_id
      where p.teacher_id = any(${[...teacherIds]}::bigint[]) and e.indicator = ${indicator} and e.state <> 'rejected'
        and e.happened_on between ${`${day.slice(0, 4)}-01-01`} and ${`${day.slice(0, 4)}-12-31`}
      group by p.teacher_id
    ) of_teacher
  `.execute(db)
  return rows[0]?.most ?? null
}
