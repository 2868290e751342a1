import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { AppContext } from '../../app-context.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { PluginHost } from '../../plugins/host.ts'
import { compareRetitled, verdictOf } from './likeness.ts'
import type { Likeness } from './likeness.ts'
import { nearDates, readCandidates } from './read-candidates.ts'
import type { Candidate } from './read-candidates.ts'

interface Context extends Pick<AppContext, 'db' | 'now'> {
  host: Pick<PluginHost, 'evidenceKinds' | 'evidenceKind'>
}
type Pair = Candidate & Pick<Likeness, 'verdict'>

/** Entries that are looked at in one transaction. */
const batch = 200
/** Grows with the rules by which copies are found: then each entry is looked at once more. Even, so that a kind that compares from now on makes it odd. */
const way = 2

/**
 * Finds pairs of entries with one title, or a near one, that may be one work and were entered before it was noticed: what the kind says of the
 * two, and where a kind does not compare, `perhaps` if somebody takes part in both and their dates are near, or one has none. Only entries
 * that are new or changed since they were looked at are compared with the others; what a person decided stays. Done twice it changes
 * nothing; several that look at once take turns, and one that breaks off has kept what it found. Answers how many pairs were compared. Throws
 * what `signal` was aborted with.
 */
export async function findCopies(context: Context, signal?: AbortSignal): Promise<number> {
  const comparing = context.host.evidenceKinds().flatMap(({ indicator, kind }) => (kind.compare ? [indicator] : [])) // prettier-ignore
  await dropOther(context, comparing)
  // What was entered since is read through at every search as long as the index has not taken it up: with 500 entries that is ten times the time.
  await sql`select gin_clean_pending_list('core.evidence_search')`.execute(context.db)
  let compared = 0
  let last: number | null = 0
  while (last !== null) {
    signal?.throwIfAborted()
    const looked: Looked = await context.db
      .transaction()
      .execute(async (trx) => await lookAtNext(context, trx, { last: last ?? 0, comparing }))
    compared += looked.compared
    last = looked.last
  }
  return compared
}

/** Pairs that nobody decided about and whose dates are not near any more. */
async function dropOther({ db }: Context, comparing: readonly string[]): Promise<void> {
  await sql`delete from core.evidence_copy c using core.evidence a, core.evidence b
    where a.id = c.first_id and b.id = c.second_id and c.decision is null
      and a.indicator <> all(${comparing}::text[]) and not ${nearDates('a', 'b')}`.execute(db)
}

interface Looked {
  compared: number
  /** The entry that was looked at last; null: there is none to look at. */
  last: number | null
}

/** Looks at some entries behind the last one. Their pairs are those found now: a pair that is near no longer goes. */
async function lookAtNext(
  context: Context,
  trx: Transaction<CoreTables>,
  { last, comparing }: { last: number; comparing: readonly string[] },
): Promise<Looked> {
  await sql`select pg_advisory_xact_lock(hashtextextended('core.evidence_copy', 0))`.execute(trx)
  const { rows: entries } = await sql<{ id: number; revision: number; way: number }>`
    select * from (select e.id, e.revision, ${way} + (e.indicator = any(${comparing}::text[]))::int as way from core.evidence e
      where e.state <> 'rejected' and e.id > ${last}) e
    where not exists (select from core.evidence_compared c where (c.evidence_id, c.revision, c.way) = (e.id, e.revision, e.way))
    order by id limit ${batch}`.execute(trx)
  if (entries.length === 0) return { compared: 0, last: null }
  const ids = entries.map(({ id }) => id)
  const candidates = await readCandidates(trx, ids, comparing)
  const pairs = candidates.flatMap((one) => judge(context, one) ?? [])
  await dropFormer(trx, ids, pairs)
  const added = pairs.filter(({ isNew }) => isNew)
  await write(trx, added, context.now())
  await sql`
    insert into core.evidence_compared (evidence_id, revision, way)
    select x.id, x.revision, x.way from json_to_recordset(${JSON.stringify(entries)}::json) as x (id bigint, revision integer, way smallint)
    join core.evidence e on e.id = x.id
    on conflict (evidence_id) do update set revision = excluded.revision, way = excluded.way`.execute(trx)
  return { compared: added.length, last: ids.at(-1)! }
}

/** null: no pair. Near titles are one only for what else there is: somebody who takes part in both, or all that the kind compares. */
function judge({ host }: Context, candidate: Candidate): Pair | null {
  const { indicator, first, second, isTitled, hasPeople } = candidate
  const kind = host.evidenceKind(indicator)
  const verdict = verdictOf(kind, first, second)
  if (isTitled) return { ...candidate, verdict }
  const isTold = hasPeople || compareRetitled(kind, first, second) === 'same'
  return verdict !== 'different' && isTold ? { ...candidate, verdict } : null
}

/** Pairs of these entries that nobody decided about, apart from those found now. */
async function dropFormer(
  trx: Transaction<CoreTables>,
  ids: readonly number[],
  pairs: readonly Pair[],
): Promise<void> {
  await sql`delete from core.evidence_copy c
    where c.decision is null and (c.first_id = any(${ids}::bigint[]) or c.second_id = any(${ids}::bigint[]))
      and (c.first_id, c.second_id) not in (select * from unnest(${pairs.map(({ firstId }) => firstId)}::bigint[],
        ${pairs.map(({ secondId }) => secondId)}::bigint[]))`.execute(trx)
}

async function write(trx: Transaction<CoreTables>, pairs: readonly Pair[], now: Date): Promise<void> {
  const rows = pairs.map(({ firstId, secondId, verdict, first, second }) => ({
    ...{ first_id: firstId, second_id: secondId, verdict },
    ...{ first_revision: first.revision, second_revision: second.revision },
  }))
  await sql`
    insert into core.evidence_copy (first_id, second_id, verdict, first_revision, second_revision, found_at)
    select x.*, ${now} from json_to_recordset(${JSON.stringify(rows)}::json) as x (
      first_id bigint, second_id bigint, verdict text, first_revision integer, second_revision integer)
    on conflict (first_id, second_id) do update set verdict = excluded.verdict, first_revision = excluded.first_revision,
      second_revision = excluded.second_revision where evidence_copy.decision is null`.execute(trx)
}
