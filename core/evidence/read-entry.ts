import type { Kysely, Selectable } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type {
  EvidenceFileTable,
  EvidenceParticipantTable,
  EvidenceTable,
} from '../database/tables/evidence.ts'
import type { CoreTables } from '../database/tables.ts'

/** One evidence with everything that belongs to it, but its history. */
export interface Entry {
  evidence: Selectable<EvidenceTable>
  /** By ordinal: 1 is the first. */
  participants: Selectable<EvidenceParticipantTable>[]
  /** In the order they were attached. */
  files: Selectable<EvidenceFileTable>[]
  /** All shares together are more than 1, by exact arithmetic. */
  sharesAboveOne: boolean
}

/** Throws `evidence-not-found`. `lock`: nobody else changes the entry until the transaction ends. */
export async function readEntry(db: Kysely<CoreTables>, id: number, lock: 'lock' | 'free'): Promise<Entry> {
  const query = db.selectFrom('evidence').selectAll().where('id', '=', id)
  const evidence = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst()
  if (!evidence) throw notFound(id)
  const participants = await participantsOf(db, id)
  const files = await db
    .selectFrom('evidence_file')
    .selectAll()
    .where('evidence_id', '=', id)
    .orderBy('id')
    .execute()
  return { evidence, participants, files, sharesAboveOne: await isAboveOne(db, id) }
}

/** Teachers who take part, in the order of the participants. */
export function teacherIdsOf({ participants }: Pick<Entry, 'participants'>): number[] {
  return participants.flatMap(({ teacher_id }) => teacher_id ?? [])
}

/** Entries in the order of the ids; those that are not there are passed over. */
export async function readEntries(db: Kysely<CoreTables>, ids: readonly number[]): Promise<Entry[]> {
  if (ids.length === 0) return []
  const all = await db.selectFrom('evidence').selectAll().where('id', 'in', ids).execute()
  const participants = await db
    .selectFrom('evidence_participant')
    .selectAll()
    .where('evidence_id', 'in', ids)
    .orderBy('evidence_id')
    .orderBy('ordinal')
    .execute()
  const files = await db
    .selectFrom('evidence_file')
    .selectAll()
    .where('evidence_id', 'in', ids)
    .orderBy('id')
    .execute()
  const above = await db
    .selectFrom('evidence_participant')
    .select('evidence_id')
    .where('evidence_id', 'in', ids)
    .groupBy('evidence_id')
    .having((eb) => eb(eb.fn.sum('share'), '>', eb.lit(1)))
    .execute()
  return ids.flatMap((id) => {
    const evidence = all.find((one) => one.id === id)
    if (!evidence) return []
    const own = <Row extends { evidence_id: number }>(rows: readonly Row[]) =>
      rows.filter(({ evidence_id }) => evidence_id === id)
    return [
      { evidence, participants: own(participants), files: own(files), sharesAboveOne: own(above).length > 0 },
    ]
  })
}

/** The answer both for what is not there and for what the asker may not know of. */
export function notFound(id: number): UstazError {
  return new UstazError('evidence-not-found', { status: 404, params: { id } })
}

async function participantsOf(db: Kysely<CoreTables>, id: number) {
  return await db
    .selectFrom('evidence_participant')
    .selectAll()
    .where('evidence_id', '=', id)
    .orderBy('ordinal')
    .execute()
}

async function isAboveOne(db: Kysely<CoreTables>, id: number): Promise<boolean> {
  const { above } = await db
    .selectFrom('evidence_participant')
    .select((eb) => eb(eb.fn.coalesce(eb.fn.sum('share'), eb.lit(0)), '>', eb.lit(1)).as('above'))
    .where('evidence_id', '=', id)
    .executeTakeFirstOrThrow()
  return Boolean(above)
}
