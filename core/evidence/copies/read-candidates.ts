import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { lettersOf } from '../known-evidence.ts'
import { areNear, nearEnough } from './near-titles.ts'

/** Two entries of one kind that may be one work, before the kind is asked. */
export interface Candidate {
  firstId: number
  secondId: number
  indicator: string
  first: CandidateEntry
  second: CandidateEntry
  /** Their titles have the same letters; else they are near. */
  isTitled: boolean
  /** Somebody takes part in both: a teacher, or one who is printed in both with one name. */
  hasPeople: boolean
  /** Not compared before as they are now. */
  isNew: boolean
}
interface CandidateEntry {
  title: string
  data: Record<string, unknown>
  revision: number
}

/** What is done again with the same name (each year's accreditation, each council) is no copy; days between two dates that may be one. */
const nearDays = 31
export const nearDates = (a: string, b: string) =>
  sql<boolean>`coalesce(abs(${sql.ref(`${a}.happened_on`)} - ${sql.ref(`${b}.happened_on`)}) <= ${sql.lit(nearDays)}, true)`

const letters = (text: RawBuilder<unknown>) =>
  sql`regexp_replace(core.title_key(${text}), '[^[:alnum:]]+', '', 'g')`

/**
 * Pairs of one of these entries with any other, which nobody decided about. Where somebody takes part in both, they are found by that; of kinds
 * that compare also without, by the indexes of titles. Of kinds that do not, the dates must be near, or one has none.
 */
export async function readCandidates(
  trx: Transaction<CoreTables>,
  ids: readonly number[],
  comparing: readonly string[],
): Promise<Candidate[]> {
  await sql`select set_config('pg_trgm.similarity_threshold', ${String(nearEnough)}, true)`.execute(trx)
  const isOther = sql`b.indicator = a.indicator and b.id <> a.id and b.state <> 'rejected'`
  const { rows } = await sql<Candidate>`
    with looked as materialized (
      select e.*, core.title_key(e.title) as key, ${letters(sql`e.title`)} as letters, e.indicator = any(${comparing}::text[]) as compares
      from core.evidence e where e.id = any(${ids}::bigint[]) and e.title <> '' and e.state <> 'rejected'
    ), met as (
      select p.evidence_id as id, q.evidence_id as other_id from looked join core.evidence_participant p on p.evidence_id = looked.id
        join core.evidence_participant q on q.teacher_id = p.teacher_id
      union
      select p.evidence_id, q.evidence_id from looked join core.evidence_participant p on p.evidence_id = looked.id
        join core.evidence_participant q on ${letters(sql`q.name`)} = ${letters(sql`p.name`)} and ${letters(sql`p.name`)} <> ''
          and (p.teacher_id is null or q.teacher_id is null)
    ), pair as (
      select a.id, b.id as other_id, true as people from met join looked a on a.id = met.id join core.evidence b on b.id = met.other_id
      where ${isOther} and (a.compares or ${nearDates('a', 'b')}) and (public.similarity(core.title_key(b.title), a.key) >= ${nearEnough}
        or a.letters <> '' and ${letters(sql`b.title`)} <> '' and (
          starts_with(${letters(sql`b.title`)}, a.letters) or starts_with(a.letters, ${letters(sql`b.title`)})))
      union all
      select a.id, b.id, false from looked a join core.evidence b on ${lettersOf(sql`b.title`)} = ${lettersOf(sql`a.title`)}
      where a.compares and ${lettersOf(sql`a.title`)} <> '' and ${isOther}
      union all
      select a.id, b.id, false from looked a join core.evidence b on core.title_key(b.title) operator(public.%) a.key
      where a.compares and ${isOther}
    ), ordered as (
      select least(id, other_id) as first_id, greatest(id, other_id) as second_id, bool_or(people) as people from pair group by 1, 2
    )
    select a.id as "firstId", b.id as "secondId", a.indicator, o.people as "hasPeople",
      ${lettersOf(sql`a.title`)} = ${lettersOf(sql`b.title`)} as "isTitled",
      jsonb_build_object('title', a.title, 'data', a.data, 'revision', a.revision) as first,
      jsonb_build_object('title', b.title, 'data', b.data, 'revision', b.revision) as second,
      c.id is null or (c.first_revision, c.second_revision) <> (a.revision, b.revision) as "isNew"
    from ordered o join core.evidence a on a.id = o.first_id join core.evidence b on b.id = o.second_id
    left join core.evidence_copy c on c.first_id = a.id and c.second_id = b.id
    where c.decision is null order by a.id, b.id`.execute(trx)
  return rows.filter(({ isTitled, first, second }) => isTitled || areNear(first.title, second.title))
}
