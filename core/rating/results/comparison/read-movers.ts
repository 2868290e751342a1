import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Page } from '../../../contract/paging.ts'
import type { Mover, moversQuery } from '../../../contract/resources/run-comparison.ts'
import type { CoreTables } from '../../../database/tables.ts'
import type { StoredReason } from '../ranking.ts'
import type { ResultScope } from '../scope.ts'
import { addLargestClauses } from './largest-clauses.ts'
import { pairRows } from './pair-rows.ts'
import type { RunPair } from './run-pair.ts'

export type MoversFilter = z.output<typeof moversQuery>
type Standing = NonNullable<Mover['after']>
/** A standing without the words of its reasons, which depend on the reader's language. */
export type StoredStanding = Omit<Standing, 'reasons'> & { reasons: StoredReason[] }
export type StoredMover = Omit<Mover, 'before' | 'after'> & Record<'before' | 'after', StoredStanding | null>

/** A page of the teachers of either run, largest moves first; `page` null: all rows. */
export async function readMovers(
  db: Kysely<CoreTables>,
  pair: RunPair,
  filter: MoversFilter,
  access: { scope: ResultScope; page: { page: number; pageSize: number } | null },
): Promise<Page<StoredMover>> {
  const from = sql`${pairRows(pair, { scope: access.scope, unitId: filter.unit })} m where ${whereOf(filter)}`
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from ${from}`.execute(
    db,
  )
  const total = counted[0]!.total
  const { page, pageSize } = access.page ?? { page: 1, pageSize: Math.max(total, 1) }
  const { rows } = await sql<Omit<StoredMover, 'clauses'>>`
    select ${columns} from ${from} order by ${orders[filter.sort]}
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  return { items: await addLargestClauses(db, pair, rows), total, page, pageSize }
}

/** One teacher; null: not in either run, or not for the asker's eyes. */
export async function readMover(
  db: Kysely<CoreTables>,
  pair: RunPair,
  teacherId: number,
  scope: ResultScope,
): Promise<StoredMover | null> {
  const { rows } = await sql<Omit<StoredMover, 'clauses'>>`
    select ${columns} from ${pairRows(pair, { scope, teacherId })} m`.execute(db)
  return (await addLargestClauses(db, pair, rows))[0] ?? null
}

const columns = sql`m.teacher_id as "teacherId", m.code, m.family_name as "familyName", m.given_name as "givenName",
  m.patronymic, m.unit_id as "departmentId", m.faculty_id as "facultyId", m.position, m.move,
  m.place_change as "placeChange", trim_scale(m.total_change)::text as "totalChange",
  ${standingOf('before')} as before, ${standingOf('after')} as after`

function standingOf(side: string): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`m.${side}_${name}`)
  return sql`case when ${column('status')} is not null then jsonb_build_object('status', ${column('status')},
    'league', ${column('league')}, 'place', ${column('place')}, 'total', ${column('total_rounded')}::text,
    'band', ${column('band')}, 'reasons', ${column('reasons')}) end`
}

function whereOf(filter: MoversFilter): RawBuilder<unknown> {
  const tests: RawBuilder<unknown>[] = [sql`true`]
  if (filter.league !== undefined) tests.push(sql`${filter.league} in (m.before_league, m.after_league)`)
  if (filter.move !== undefined) tests.push(sql`m.move = ${filter.move}`)
  if (filter.search) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`
    tests.push(sql`concat_ws(' ', m.family_name, m.given_name, m.patronymic, m.code) ilike ${pattern}`)
  }
  return sql.join(tests, sql` and `)
}

const byName = sql`m.family_name, m.given_name, m.code`
const byPlace = sql`abs(m.place_change) desc nulls last`
const byTotal = sql`abs(m.total_change) desc nulls last`
const orders = {
  place: sql`${byPlace}, ${byTotal}, ${byName}`,
  total: sql`${byTotal}, ${byPlace}, ${byName}`,
  name: byName,
}
