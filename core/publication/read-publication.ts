import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { appealsOf } from '../contract/regulation/appeals.ts'
import type { AppealRules } from '../contract/regulation/appeals.ts'
import type { Publication, RunPublication } from '../contract/resources/publication.ts'
import type { CoreTables } from '../database/tables.ts'
import { daysAfter } from './appeal-days.ts'
import { readOpen } from './read-open.ts'
import { stateOf } from '../rating/results/seen-runs.ts'

/** The last line about a run. */
export interface Current {
  state: Publication['state']
  runHash: string
  appealsUntil: string | null
  answerDays: number | null
}

/** What holds for a run now; null: it was never published. */
export async function readCurrent(db: Kysely<CoreTables>, runId: number): Promise<Current | null> {
  const line = await db
    .selectFrom('publication')
    .select(['state', 'run_hash as runHash', 'appeals_until as appealsUntil', 'answer_days as answerDays'])
    .where('run_id', '=', runId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return line ?? null
}

/** Published runs of the same regulation and period, this one left out. */
export async function readOthers(db: Kysely<CoreTables>, runId: number): Promise<RunPublication['others']> {
  const { rows } = await sql<RunPublication['others'][number]>`
    select x.id as "runId", x.state from (
      select other.id, ${stateOf(sql`other.id`)} as state
      from core.run
      join core.regulation_version v on v.id = run.regulation_version_id
      join core.regulation_version w on w.regulation_id = v.regulation_id
      join core.run other on other.regulation_version_id = w.id and other.id <> run.id
        and other.period_from = run.period_from and other.period_to = run.period_to
      where run.id = ${runId}
    ) x where x.state in ('preliminary', 'final') order by x.id`.execute(db)
  return rows
}

/** All there is to say about the publication of a run that exists. */
export async function readPublication(db: Kysely<CoreTables>, runId: number): Promise<RunPublication> {
  const history = await readHistory(db, runId)
  const { rows } = await sql<{ appeals: AppealRules | null }>`
    select v.document -> 'appeals' as appeals from core.run
    join core.regulation_version v on v.id = run.regulation_version_id where run.id = ${runId}`.execute(db)
  const rules = appealsOf(rows[0]!)
  return {
    current: history[0] ?? null,
    history,
    terms: rules && {
      clause: rules.id,
      days: rules.days,
      answerDays: rules.answerDays,
      answeredBy: rules.answeredBy,
    },
    others: await readOthers(db, runId),
    open: await readOpen(db, runId, runId),
  }
}

async function readHistory(db: Kysely<CoreTables>, runId: number): Promise<Publication[]> {
  const lines = await db
    .selectFrom('publication as p')
    .innerJoin('account as a', 'a.id', 'p.account_id')
    .select([
      'p.state',
      'a.name',
      'p.happened_at',
      'p.note',
      'p.run_hash',
      'p.appeals_until',
      'p.answer_days',
    ])
    .select('p.replaced_by')
    .where('p.run_id', '=', runId)
    .orderBy('p.id', 'desc')
    .execute()
  return lines.map((line) => ({
    state: line.state,
    by: line.name,
    at: line.happened_at.toISOString(),
    note: line.note,
    hash: line.run_hash,
    appealsUntil: line.appeals_until,
    answersUntil:
      line.appeals_until === null || line.answer_days === null
        ? null
        : daysAfter(line.appeals_until, line.answer_days),
    replacedBy: line.replaced_by,
  }))
}
