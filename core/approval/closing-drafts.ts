import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { approvalSchema } from '../contract/regulation/approval.ts'
import type { CoreTables } from '../database/tables.ts'
import { windowsOf } from './windows.ts'

/** Who has drafts that can be submitted until a day and no longer, with how many: those who take part in them or entered them. */
export async function findClosingDrafts(
  db: Kysely<CoreTables>,
  day: string,
): Promise<{ accountId: number; count: number }[]> {
  const counts = new Map<number, Set<number>>()
  for (const { from, versionId } of await periodsClosingOn(db, day)) {
    for (const { account_id: account, evidence_id: evidence } of await draftsOf(db, versionId, from)) {
      const known = counts.get(account) ?? new Set<number>()
      counts.set(account, known.add(evidence))
    }
  }
  return [...counts].map(([accountId, drafts]) => ({ accountId, count: drafts.size }))
}

/** Periods of approved versions in which submitting closes on the day. */
async function periodsClosingOn(
  db: Kysely<CoreTables>,
  day: string,
): Promise<{ versionId: number; from: string }[]> {
  const { rows } = await sql<{ id: number; period_start: string; approval: unknown }>`
    select v.id, v.document ->> 'periodStart' as period_start, v.document -> 'approval' as approval
    from core.regulation_version v
    where v.state = 'approved' and jsonb_typeof(v.document -> 'approval' -> 'entering') = 'object'`.execute(
    db,
  )
  // A window closes at most three years and one after its period begins.
  const years = [0, 1, 2, 3, 4].map((back) => Number(day.slice(0, 4)) - back)
  return rows.flatMap(({ id, period_start: periodStart, approval: stored }) => {
    const approval = approvalSchema.parse(stored)
    return years
      .map((year) => `${year}-${periodStart}`)
      .filter((from) => windowsOf({ approval, periodStart }, from).closes === day)
      .map((from) => ({ versionId: id, from }))
  })
}

async function draftsOf(db: Kysely<CoreTables>, versionId: number, from: string) {
  const { rows } = await sql<{ account_id: number; evidence_id: number }>`
    select distinct a.id as account_id, e.id as evidence_id from core.evidence e
    join core.regulation_version v on v.id = ${versionId}
    join core.account a on a.id = e.created_by or a.teacher_id in (
      select p.teacher_id from core.evidence_participant p where p.evidence_id = e.id)
    where e.state = 'draft' and e.happened_on >= ${from}::date and e.happened_on < ${from}::date + interval '1 year'
      and e.happened_on >= coalesce((v.document ->> 'validFrom')::date, '-infinity'::date)
      and v.document -> 'criteria' @> jsonb_build_array(jsonb_build_object('indicator', e.indicator))`.execute(
    db,
  )
  return rows
}
