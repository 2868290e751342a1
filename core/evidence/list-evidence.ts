import { sql } from 'kysely'
import type { Expression, Kysely, Selectable, SqlBool } from 'kysely'
import { withUnitsBelow } from '../access/scope.ts'
import type { EvidenceItem, EvidenceState } from '../contract/resources/evidence.ts'
import type { Page } from '../contract/paging.ts'
import type { CoreTables } from '../database/tables.ts'
import type { EvidenceTable } from '../database/tables/evidence.ts'
import type { Actor, Scope } from '../plugin/route.ts'
import { teachersOfUnits } from '../people/teachers-of-units.ts'
import { partOf, readableBy } from './rights.ts'

/** All parts narrow down; absent: not asked. Days inclusive. */
export interface EvidenceFilter {
  teacher?: number | undefined
  /** With all units below it. */
  unit?: number | undefined
  /** plugin.kind */
  indicator?: string | undefined
  state?: EvidenceState | undefined
  from?: string | undefined
  to?: string | undefined
  /** A part of the title, in any case. */
  search?: string | undefined
}
export interface PageRequest {
  page: number
  pageSize: number
}

/** What the actor may read, the newest change first. */
export async function listEvidence(
  db: Kysely<CoreTables>,
  { actor, scope }: { actor: Actor; scope: Scope },
  { page, pageSize, ...filter }: EvidenceFilter & PageRequest,
): Promise<Page<EvidenceItem>> {
  const conditions = [
    await readableBy(db, actor, scope),
    ...(filter.unit === undefined ? [] : [await partOfUnit(db, filter.unit)]),
    ...conditionsOf(filter),
  ]
  const query = db.selectFrom('evidence').where((eb) => eb.and(conditions))
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['id', 'indicator', 'title', 'state', 'happened_on', 'participant_count', 'updated_at'])
    .select((eb) =>
      eb
        .selectFrom('evidence_file')
        .select((file) => file.fn.countAll<number>().as('count'))
        .whereRef('evidence_file.evidence_id', '=', 'evidence.id')
        .as('file_count'),
    )
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { items: rows.map(itemOf), total, page, pageSize }
}

type Row = Pick<
  Selectable<EvidenceTable>,
  'id' | 'indicator' | 'title' | 'state' | 'happened_on' | 'participant_count' | 'updated_at'
>

/** An entry as lists show it. */
export function itemOf(row: Row & { file_count: number | null }): EvidenceItem {
  const { id, indicator, title, state, participant_count: participantCount } = row
  const [happenedOn, updatedAt] = [row.happened_on, row.updated_at.toISOString()]
  return {
    id,
    indicator,
    title,
    state,
    happenedOn,
    participantCount,
    fileCount: row.file_count ?? 0,
    updatedAt,
  }
}

/** Evidence of the teachers who hold a post in the unit today. */
async function partOfUnit(db: Kysely<CoreTables>, unitId: number): Promise<Expression<SqlBool>> {
  return partOf(await teachersOfUnits(db, await withUnitsBelow(db, [unitId])))
}

function conditionsOf(filter: EvidenceFilter): Expression<SqlBool>[] {
  const { teacher, indicator, state, from, to, search } = filter
  return [
    ...when(teacher, (id) => partOf([id])),
    ...when(indicator, (id) => sql<boolean>`evidence.indicator = ${withoutZero(id)}`),
    ...when(state, (one) => sql<boolean>`evidence.state = ${one}`),
    ...when(from, (day) => sql<boolean>`evidence.happened_on >= ${day}`),
    ...when(to, (day) => sql<boolean>`evidence.happened_on <= ${day}`),
    ...when(search, titleHolds),
  ]
}

function when<T>(value: T | undefined, condition: (value: T) => Expression<SqlBool>): Expression<SqlBool>[] {
  return value === undefined || value === '' ? [] : [condition(value)]
}

/** PostgreSQL knows no zero character: nothing stored has one. */
const withoutZero = (text: string) => text.replaceAll('\0', '')

/** Signs that mean something to LIKE are taken literally; letters that look alike are one, as in the index. */
function titleHolds(text: string): Expression<SqlBool> {
  const pattern = `%${withoutZero(text)
    .normalize('NFKC')
    .replace(/[\\%_]/g, String.raw`\$&`)}%`
  return sql<boolean>`core.title_key(evidence.title) like core.title_key(${pattern})`
}
