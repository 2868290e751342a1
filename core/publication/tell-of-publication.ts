import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { NoticeKind } from '../contract/resources/notices.ts'
import type { LocalizedText } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'
import { notify } from '../notices/notify.ts'
import { dayOf } from './appeal-days.ts'
import { findChanged, findOwnReaders } from './own-readers.ts'

type Context = Pick<AppContext, 'jobs' | 'config' | 'now'>

/**
 * Tells those who may see their own result that it is published, with the last day for appeals, never what it is. Of a run that takes the place of
 * another only those are told whose result is another one, until it is final. In the transaction of what makes it seen: the
 * publication, or the end of the shadow period; said twice, it is given once.
 */
export async function tellOfPublication(
  context: Context,
  trx: Transaction<CoreTables>,
  runId: number,
): Promise<void> {
  const line = await readLine(trx, runId)
  if (line?.state !== 'preliminary' && line?.state !== 'final') return
  const readers = await findOwnReaders(trx, runId)
  if (readers.length === 0) return
  const changed = line.replaced === null ? new Set<number>() : await findChanged(trx, runId, line.replaced)
  const links = new Map(readers.map((one) => [one.accountId, `/runs/${runId}/teachers/${one.teacherId}`]))
  const hasAppeal = line.until !== null && line.until >= dayOf(context.now())
  const tell = async (kind: NoticeKind, told: typeof readers) => {
    await notify(context, trx, {
      accountIds: told.map(({ accountId }) => accountId),
      key: `publication/${line.id}`,
      kind,
      params: { regulation: line.title, from: line.from, to: line.to, until: line.until },
      link: (accountId) => links.get(accountId)!,
      mail: true,
    })
  }
  const others = readers.filter(({ teacherId }) => !changed.has(teacherId))
  const theirs = readers.filter(({ teacherId }) => changed.has(teacherId))
  await tell(hasAppeal ? 'results-corrected' : 'results-corrected-no-appeal', theirs)
  if (line.state === 'final') await tell('results-final', others)
  else if (line.replaced === null)
    await tell(hasAppeal ? 'results-preliminary' : 'results-preliminary-no-appeal', others)
}

interface Line {
  id: number
  state: string
  /** Last day for appeals, inclusive; null: none are provided for. */
  until: string | null
  title: LocalizedText
  from: string
  to: string
  /** The run whose place this one takes, where this is the first that is said of it; null: none. */
  replaced: number | null
}

async function readLine(trx: Transaction<CoreTables>, runId: number): Promise<Line | null> {
  const { rows } = await sql<Line>`
    select p.id, p.state, p.appeals_until as until, v.document -> 'title' as title, run.period_from as "from", run.period_to as "to",
      (select max(o.run_id) from core.publication o where o.replaced_by = run.id
        and not exists (select from core.publication b where b.run_id = run.id and b.id < p.id)) as replaced
    from core.publication p join core.run on run.id = p.run_id
    join core.regulation_version v on v.id = run.regulation_version_id
    where p.run_id = ${runId} order by p.id desc limit 1`.execute(trx)
  return rows[0] ?? null
}
