import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { LocalizedText } from '../contract/text.ts'
import { notify } from '../notices/notify.ts'
import { dayOf, daysAfter } from '../publication/appeal-days.ts'
import { findOwnReaders } from '../publication/own-readers.ts'
import { stateOf } from '../rating/results/seen-runs.ts'
import { findAssigners } from './tell-of-appeal.ts'

type Context = Pick<AppContext, 'db' | 'now' | 'jobs' | 'config'>

/** Days before the last day, inclusive, from which people are told; done on each of them it gives a notice once. */
const daysAhead = 2

/** Tells of last days that are near: of filing, whoever may appeal; of answering, the reviewer, or who may name one. */
export async function remindOfAppeals(context: Context): Promise<void> {
  const today = dayOf(context.now())
  await remindOfFiling(context, today)
  await remindOfAnswering(context, today)
}

/** Not on the day of the publication itself, which names the last day too. */
async function remindOfFiling(context: Context, today: string): Promise<void> {
  const { rows: lines } = await sql<{
    id: number
    runId: number
    until: string
    title: LocalizedText
  }>`
    select p.id, p.run_id as "runId", p.appeals_until as until, v.document -> 'title' as title from core.publication p
    join core.run on run.id = p.run_id join core.regulation_version v on v.id = run.regulation_version_id
    where p.appeals_until between ${today}::date and ${daysAfter(today, daysAhead)}::date
      and (p.happened_at at time zone 'UTC')::date < ${today}::date
      and p.state = 'preliminary' and ${stateOf(sql`p.run_id`)} = 'preliminary' order by p.id`.execute(
    context.db,
  )
  for (const { id, runId, until, title } of lines) {
    const readers = await findOwnReaders(context.db, runId)
    const links = new Map(readers.map((one) => [one.accountId, `/runs/${runId}/teachers/${one.teacherId}`]))
    await context.db.transaction().execute(async (trx) => {
      await notify(context, trx, {
        accountIds: [...links.keys()],
        key: `publication/${id}/closing`,
        kind: 'appeals-close',
        params: { regulation: title, until },
        link: (accountId) => links.get(accountId)!,
        mail: true,
      })
    })
  }
}

async function remindOfAnswering(context: Context, today: string): Promise<void> {
  const { rows } = await sql<{ reviewerId: number | null; until: string; count: number }>`
    select case when state = 'in-review' then reviewer_id end as "reviewerId", answer_until as until, count(*)::int as count
    from core.appeal where state in ('filed', 'in-review') and answer_until <= ${daysAfter(today, daysAhead)}::date
    group by 1, 2 order by 1, 2`.execute(context.db)
  for (const { reviewerId, until, count } of rows) {
    const accountIds = reviewerId === null ? await findAssigners(context.db) : [reviewerId]
    await context.db.transaction().execute(async (trx) => {
      await notify(context, trx, {
        accountIds,
        key: `appeals-due/${reviewerId === null ? 'unassigned' : 'review'}/${until}`,
        kind: reviewerId === null ? 'appeals-unassigned' : 'appeals-due',
        params: { count, until },
        link: '/appeals',
        mail: true,
      })
    })
  }
}
