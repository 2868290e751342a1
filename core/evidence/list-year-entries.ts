import { sql } from 'kysely'
import type { Expression, Kysely, SqlBool } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { Page } from '../contract/paging.ts'
import type { Fault } from '../contract/problem.ts'
import { evidenceStates } from '../contract/resources/evidence.ts'
import type { EvidenceState } from '../contract/resources/evidence.ts'
import type { YearEntry } from '../contract/resources/teacher-year.ts'
import type { CoreTables } from '../database/tables.ts'
import { findMissing } from './find-missing.ts'
import { itemOf } from './list-evidence.ts'
import { readEntries } from './read-entry.ts'

type StoredYearEntry = Omit<YearEntry, 'missing'> & { missing: Fault[] }
type Counts = Record<EvidenceState, number>

interface YearFilter {
  teacherId: number
  state?: EvidenceState | undefined
  /** Days of approved entries, inclusive. */
  from?: string | undefined
  to?: string | undefined
  page: number
  pageSize: number
}

/** What a teacher takes part in or entered: what waits for the teacher first, then the newest change. Faults are not yet in words. */
export async function listYearEntries(
  { db, host }: Pick<AppContext, 'db' | 'host'>,
  filter: YearFilter,
): Promise<Page<StoredYearEntry> & { counts: Counts }> {
  const { state, page, pageSize } = filter
  const conditions = ofYear(filter)
  const counts = await countByState(db, conditions)
  const rows = await db
    .selectFrom('evidence')
    .select('id')
    .where((eb) => eb.and(conditions))
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .orderBy(sql`array_position(array['returned', 'draft', 'submitted', 'rejected', 'approved'], state)`)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const ids = rows.map(({ id }) => id)
  const [entries, comments] = [await readEntries(db, ids), await readComments(db, ids)]
  const items = entries.map((entry): StoredYearEntry => {
    const { evidence, files } = entry
    const isOpen = evidence.state === 'draft' || evidence.state === 'returned'
    return {
      ...itemOf({ ...evidence, file_count: files.length }),
      missing: isOpen ? findMissing(host.evidenceKind(evidence.indicator), entry) : [],
      comment: comments.get(evidence.id) ?? null,
    }
  })
  const total = state === undefined ? Object.values(counts).reduce((sum, one) => sum + one, 0) : counts[state]
  return { items, total, page, pageSize, counts }
}

function ofYear({ teacherId, from, to }: YearFilter): Expression<SqlBool>[] {
  return [
    sql<boolean>`evidence.id in (
      select p.evidence_id from evidence_participant p where p.teacher_id = ${teacherId}
      union
      select own.id from evidence own join account a on a.id = own.created_by where a.teacher_id = ${teacherId})`,
    sql<boolean>`(evidence.state <> 'approved' or (
      evidence.happened_on >= coalesce(${from ?? null}::date, '-infinity')
      and evidence.happened_on <= coalesce(${to ?? null}::date, 'infinity')))`,
  ]
}

async function countByState(
  db: Kysely<CoreTables>,
  conditions: readonly Expression<SqlBool>[],
): Promise<Counts> {
  const rows = await db
    .selectFrom('evidence')
    .select(['state'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where((eb) => eb.and([...conditions]))
    .groupBy('state')
    .execute()
  const found = new Map(rows.map(({ state, count }) => [state, count]))
  return Object.fromEntries(evidenceStates.map((state) => [state, found.get(state) ?? 0])) as Counts
}

/** The newest word of whoever sent an entry back, by entry; one that has been submitted or approved since has none. */
async function readComments(
  db: Kysely<CoreTables>,
  ids: readonly number[],
): Promise<Map<number, NonNullable<YearEntry['comment']>>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: number; at: Date; account: string; reason: string }>`
    select distinct on (c.evidence_id) c.evidence_id as id, c.changed_at as at, a.name as account, c.reason
    from evidence_change c
    join evidence e on e.id = c.evidence_id and e.state = c.to_state
    join account a on a.id = c.account_id
    where c.evidence_id = any(${[...ids]}::bigint[]) and c.action in ('return', 'reject', 'reopen') and c.reason is not null
      and c.id > coalesce((select max(s.id) from evidence_change s where s.evidence_id = c.evidence_id and s.action in ('submit', 'approve')), 0)
    order by c.evidence_id, c.id desc`.execute(db)
  return new Map(rows.map(({ id, at, account, reason }) => [id, { at: at.toISOString(), account, reason }]))
}
