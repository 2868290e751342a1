import { sql } from 'kysely'
import type { Expression, Kysely, RawBuilder, SqlBool } from 'kysely'
import { withUnitsBelow } from '../access/scope.ts'
import type { Page } from '../contract/paging.ts'
import type { QueueItem } from '../contract/resources/approval.ts'
import type { CoreTables } from '../database/tables.ts'
import { teachersOfUnits } from '../people/teachers-of-units.ts'
import type { Actor } from '../plugin/route.ts'
import { findSeats, turnsOf } from './seats.ts'
import type { Seat } from './seats.ts'

/** All parts narrow down; absent: not asked. */
export interface QueueFilter {
  page: number
  pageSize: number
  /** plugin.kind */
  indicator?: string | undefined
  /** Of the teachers, with all units below it. */
  unit?: number | undefined
  teacher?: number | undefined
  overdue?: boolean | undefined
  /** The last day of deciding has passed. */
  closed?: boolean | undefined
}
interface Asking {
  db: Kysely<CoreTables>
  now: () => Date
}

/** What an account may decide about now, what has waited longest first; of an entry with several turns the first counts. */
export async function listQueue(
  context: Asking,
  actor: Actor,
  filter: QueueFilter,
): Promise<Page<QueueItem>> {
  const seats = await findSeats(context.db, actor)
  return await listTurns(context, { filter, seats, whose: turnsOf(seats) })
}

/** The same of everybody's turns. */
export async function listWaiting(context: Asking, filter: QueueFilter): Promise<Page<QueueItem>> {
  return await listTurns(context, { filter, seats: [], whose: sql<boolean>`true` })
}

type Listed = { filter: QueueFilter; seats: readonly Seat[]; whose: Expression<SqlBool> }

async function listTurns({ db, now }: Asking, { filter, seats, whose }: Listed): Promise<Page<QueueItem>> {
  const { page, pageSize } = filter
  const today = now().toISOString().slice(0, 10)
  const conditions = sql.join([whose, ...(await conditionsOf(db, filter, today))], sql` and `)
  const turns = sql`
    select distinct on (t.evidence_id) t.* from core.evidence_turn t join core.evidence e on e.id = t.evidence_id
    where t.closed_at is null and ${conditions} order by t.evidence_id, t.since, t.id`
  const { rows } = await sql<Row>`
    select t.evidence_id, t.stage, t.holder, t.unit_id, t.may, t.since, t.due_on, t.closes_on,
      e.revision, e.indicator, e.title, e.happened_on, e.participant_count, u.name as unit, ${namesOf} as teachers,
      (select stage.value -> 'title' from core.regulation_version v
        cross join lateral jsonb_array_elements(v.document -> 'approval' -> 'stages') stage
        where v.id = e.approval_version_id and stage.value ->> 'id' = t.stage) as title_of_stage,
      ${insteadOf(seats)} as instead_of
    from (${turns}) t join core.evidence e on e.id = t.evidence_id left join core.unit u on u.id = t.unit_id
    order by t.since, t.evidence_id limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  const counted = await sql<{ total: number }>`
    select count(distinct t.evidence_id)::int as total from core.evidence_turn t join core.evidence e on e.id = t.evidence_id
    where t.closed_at is null and ${conditions}`.execute(db)
  const items = rows.map((row) => itemOf(row, now()))
  return { items, total: counted.rows[0]?.total ?? 0, page, pageSize }
}

interface Row {
  evidence_id: number
  stage: string
  holder: QueueItem['holder']
  unit_id: number | null
  may: QueueItem['may']
  since: Date
  due_on: string | null
  closes_on: string | null
  revision: number
  indicator: string
  title: string
  happened_on: string | null
  participant_count: number
  unit: QueueItem['unit']
  teachers: string[]
  title_of_stage: QueueItem['stage']
  instead_of: string | null
}

function itemOf(row: Row, now: Date): QueueItem {
  const today = now.toISOString().slice(0, 10)
  return {
    evidenceId: row.evidence_id,
    revision: row.revision,
    indicator: row.indicator,
    title: row.title,
    happenedOn: row.happened_on,
    teachers: row.teachers,
    participantCount: row.participant_count,
    stage: row.title_of_stage,
    holder: row.holder,
    unit: row.unit,
    since: row.since.toISOString(),
    ageDays: Math.max(0, Math.floor((now.getTime() - row.since.getTime()) / 86_400_000)),
    dueOn: row.due_on,
    overdue: row.due_on !== null && row.due_on < today,
    closesOn: row.closes_on,
    closed: row.closes_on !== null && row.closes_on < today,
    insteadOf: row.instead_of,
    may: row.may,
  }
}

const namesOf = sql`array(
  select te.family_name || ' ' || te.given_name from core.evidence_participant p join core.teacher te on te.id = p.teacher_id
  where p.evidence_id = t.evidence_id order by p.ordinal limit 3)`

/** Name of whom one would stand in for, where no seat of one's own fits. */
function insteadOf(seats: readonly Seat[]): RawBuilder<unknown> {
  const others = [...new Set(seats.flatMap(({ forAccountId }) => forAccountId ?? []))]
  if (others.length === 0) return sql`null::text`
  const own = turnsOf(seats.filter(({ forAccountId }) => forAccountId === null))
  const branches = others.map((id) => {
    const theirs = turnsOf(seats.filter(({ forAccountId }) => forAccountId === id))
    return sql`when ${theirs} then (select name from core.account where id = ${id})`
  })
  return sql`case when ${own} then null ${sql.join(branches, sql` `)} end`
}

async function conditionsOf(
  db: Kysely<CoreTables>,
  { indicator, unit, teacher, overdue, closed }: QueueFilter,
  today: string,
): Promise<RawBuilder<unknown>[]> {
  const people = unit === undefined ? null : await teachersOfUnits(db, await withUnitsBelow(db, [unit]))
  const passed = (column: RawBuilder<unknown>, wanted: boolean | undefined) => {
    if (wanted === undefined) return []
    const isPassed = sql`coalesce(${column} < ${today}::date, false)`
    return [wanted ? isPassed : sql`not ${isPassed}`]
  }
  return [
    ...(indicator ? [sql`e.indicator = ${indicator.replaceAll('\0', '')}`] : []),
    ...(people ? [partOf(people)] : []),
    ...(teacher === undefined ? [] : [partOf([teacher])]),
    ...passed(sql`t.due_on`, overdue),
    ...passed(sql`t.closes_on`, closed),
  ]
}

const partOf = (teacherIds: readonly number[]) => sql`exists (
  select from core.evidence_participant p
  where p.evidence_id = t.evidence_id and p.teacher_id = any(${[...teacherIds]}::bigint[]))`
