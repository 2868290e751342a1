import { sql } from 'kysely'
import type { AppContext } from '../../app-context.ts'
import { lettersOf } from '../known-evidence.ts'
import { verdictOf } from './likeness.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now'>

interface Candidate {
  firstId: number
  secondId: number
  indicator: string
  firstRevision: number
  secondRevision: number
  first: Record<string, unknown>
  second: Record<string, unknown>
}

const batch = 500
const titleOf = (table: string) => lettersOf(sql.ref(`${table}.title`))
/** What is done again with the same name (each year's accreditation, each council) is no copy; days between two dates that may be one. */
const nearDays = 31
const near = sql<boolean>`coalesce(abs(a.happened_on - b.happened_on) <= ${sql.lit(nearDays)}, true)`
const comparingOf = ({ host }: Pick<Context, 'host'>) =>
  host.evidenceKinds().flatMap(({ indicator, kind }) => (kind.compare === undefined ? [] : [indicator]))

/**
 * Finds pairs of entries with one title that may be one work and were entered before it was noticed: what the kind says of the two, and
 * where a kind does not compare, `perhaps` if a teacher takes part in both and their dates are near, or one has none. Pairs are compared once, and again after either was
 * changed; what a person decided stays. Done twice it changes nothing. Answers how many were compared.
 */
export async function findCopies(context: Context): Promise<number> {
  await dropOther(context)
  let compared = 0
  let last = { firstId: 0, secondId: 0 }
  for (;;) {
    const candidates = await nextCandidates(context, last)
    if (candidates.length === 0) return compared
    await write(context, candidates)
    compared += candidates.length
    last = candidates.at(-1)!
  }
}

/** Pairs that nobody decided about and whose titles agree no longer, or whose dates are not near any more. */
async function dropOther(context: Context): Promise<void> {
  await sql`delete from core.evidence_copy c using core.evidence a, core.evidence b
    where a.id = c.first_id and b.id = c.second_id and c.decision is null and (${titleOf('a')} <> ${titleOf('b')}
      or a.indicator <> all(${comparingOf(context)}::text[]) and not ${near})`.execute(context.db)
}

/** In the order of their ids, behind the last one; found by the index of titles. */
async function nextCandidates(
  context: Context,
  { firstId, secondId }: Pick<Candidate, 'firstId' | 'secondId'>,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select a.id as "firstId", b.id as "secondId", a.indicator, a.revision as "firstRevision", b.revision as "secondRevision",
      a.data as first, b.data as second
    from core.evidence a
    join core.evidence b on b.indicator = a.indicator and ${titleOf('b')} = ${titleOf('a')} and b.state <> 'rejected' and b.id > a.id
    left join core.evidence_copy c on c.first_id = a.id and c.second_id = b.id
    where a.state <> 'rejected' and ${titleOf('a')} <> '' and (a.id, b.id) > (${firstId}, ${secondId}) and a.id >= ${firstId}
      and (c.id is null or c.decision is null and (c.first_revision, c.second_revision) <> (a.revision, b.revision))
      and (a.indicator = any(${comparingOf(context)}::text[]) or ${near} and exists (
        select from core.evidence_participant p join core.evidence_participant q on q.teacher_id = p.teacher_id
        where p.evidence_id = a.id and q.evidence_id = b.id))
    order by a.id, b.id limit ${batch}`.execute(context.db)
  return rows
}

async function write({ db, host, now }: Context, candidates: readonly Candidate[]): Promise<void> {
  const rows = candidates.map((one) => ({
    first_id: one.firstId,
    second_id: one.secondId,
    verdict: verdictOf(host.evidenceKind(one.indicator), one.first, one.second),
    first_revision: one.firstRevision,
    second_revision: one.secondRevision,
  }))
  await sql`
    insert into core.evidence_copy (first_id, second_id, verdict, first_revision, second_revision, found_at)
    select x.*, ${now()} from json_to_recordset(${JSON.stringify(rows)}::json) as x (
      first_id bigint, second_id bigint, verdict text, first_revision integer, second_revision integer)
    on conflict (first_id, second_id) do update set verdict = excluded.verdict, first_revision = excluded.first_revision,
      second_revision = excluded.second_revision where evidence_copy.decision is null`.execute(db)
}
