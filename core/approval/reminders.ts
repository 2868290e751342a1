import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { findActor } from '../access/actor.ts'
import type { AppContext } from '../app-context.ts'
import type { CoreTables } from '../database/tables.ts'
import { notify } from '../notices/notify.ts'
import type { NewNotice } from '../notices/notify.ts'
import { findClosingDrafts } from './closing-drafts.ts'
import { findSeats, turnsOf } from './seats.ts'

type Context = Pick<AppContext, 'db' | 'now' | 'jobs' | 'config'>

/** Days before a window closes on which people are told. */
const daysAhead = [7, 1]

/**
 * What people are reminded of on a day: one digest of what waits for them, windows that close in a week and tomorrow, and, the day
 * after, what was left undecided. Done twice on a day it gives nothing twice.
 */
export async function sendReminders(context: Context): Promise<void> {
  const today = context.now().toISOString().slice(0, 10)
  for (const accountId of await decidingAccounts(context.db)) await remindOfQueue(context, accountId, today)
  for (const days of daysAhead) await remindOfDrafts(context, addDays(today, days), days)
  await tellOfHanging(context, addDays(today, -1))
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Accounts with a role that decides, or that stand in for somebody today. */
async function decidingAccounts(db: Kysely<CoreTables>): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select account_id as id from core.account_role where role in ('head', 'dean', 'verifier', 'office')
    union
    select to_account_id from core.delegation
    where ended_at is null and current_date between starts_on and ends_on order by id`.execute(db)
  return rows.map(({ id }) => id)
}

interface Waiting {
  count: number
  overdue: number
  oldest: string | null
  closing: { day: string; count: number }[]
}

async function remindOfQueue(context: Context, accountId: number, today: string): Promise<void> {
  const actor = await findActor(context.db, accountId)
  const seats = actor ? await findSeats(context.db, actor) : []
  const waiting = await waitingFor(context.db, turnsOf(seats), today)
  if (waiting.count === 0) return
  const { count, overdue, oldest } = waiting
  const shared = { accountIds: [accountId], link: '/approval', mail: true }
  await give(context, {
    ...shared,
    key: `queue/${today}`,
    kind: 'queue-digest',
    params: { count, overdue, oldest },
  })
  for (const days of daysAhead) {
    const closing = waiting.closing.find(({ day }) => day === addDays(today, days))
    if (!closing) continue
    await give(context, {
      ...shared,
      key: `deciding/${closing.day}/${days}`,
      kind: 'deciding-closes',
      params: { ...closing },
    })
  }
}

async function waitingFor(
  db: Kysely<CoreTables>,
  whose: ReturnType<typeof turnsOf>,
  today: string,
): Promise<Waiting> {
  const { rows } = await sql<{
    evidence_id: number
    since: Date
    due_on: string | null
    closes_on: string | null
  }>`
    select distinct on (t.evidence_id) t.evidence_id, t.since, t.due_on, t.closes_on from core.evidence_turn t
    where t.closed_at is null and ${whose} and coalesce(t.closes_on, 'infinity'::date) >= ${today}::date
    order by t.evidence_id, t.since`.execute(db)
  const days = [...new Set(rows.flatMap(({ closes_on: day }) => day ?? []))]
  const first = rows.reduce<Date | null>((least, { since }) => (least && least < since ? least : since), null)
  return {
    count: rows.length,
    overdue: rows.filter(({ due_on: day }) => day !== null && day < today).length,
    oldest: first?.toISOString().slice(0, 10) ?? null,
    closing: days.map((day) => ({ day, count: rows.filter((row) => row.closes_on === day).length })),
  }
}

/** Whoever has not submitted what can be submitted until that day. */
async function remindOfDrafts(context: Context, day: string, days: number): Promise<void> {
  for (const { accountId, count } of await findClosingDrafts(context.db, day)) {
    await give(context, {
      accountIds: [accountId],
      key: `entering/${day}/${days}`,
      kind: 'entering-closes',
      params: { day, count },
      link: '/evidence?state=draft',
      mail: true,
    })
  }
}

/** The office, of what hangs since deciding closed on that day. */
async function tellOfHanging(context: Context, day: string): Promise<void> {
  const { db } = context
  const { count } = await db
    .selectFrom('evidence_turn')
    .select(({ fn }) => fn.count<number>('evidence_id').distinct().as('count'))
    .where('closed_at', 'is', null)
    .where('closes_on', '=', day)
    .executeTakeFirstOrThrow()
  if (count === 0) return
  const office = await db
    .selectFrom('account_role')
    .select('account_id')
    .where('role', '=', 'office')
    .execute()
  await give(context, {
    accountIds: office.map(({ account_id: id }) => id),
    key: `hanging/${day}`,
    kind: 'hanging',
    params: { day, count },
    link: '/approval?all=closed',
    mail: true,
  })
}

/** Gives a notice; an unread one of the same kind that it takes the place of is read with it. */
async function give(context: Context, notice: NewNotice): Promise<void> {
  if (notice.accountIds.length === 0) return
  await context.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('notice')
      .set({ read_at: context.now() })
      .where('account_id', 'in', [...notice.accountIds])
      .where('kind', '=', notice.kind)
      .where('key', '<>', notice.key)
      .where('read_at', 'is', null)
      .execute()
    await notify(context, trx, notice)
  })
}
