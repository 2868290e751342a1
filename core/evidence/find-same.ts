import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { SimilarEvidence } from '../plugin/access.ts'
import type { CoreTables } from '../database/tables.ts'
import type { EvidenceKind } from '../plugin/definition.ts'
import { titleLength } from './ask-kind.ts'
import { checkData } from './check-data.ts'
import { duplicateProblem, findByTitle, lettersOf } from './known-evidence.ts'
import type { Prepared } from './prepare-input.ts'

type Described = Pick<Prepared, 'indicator' | 'title' | 'data'>

/**
 * The entry that is the same thing although its identity is another one, as the kind compares them: a paper typed by hand and the same
 * paper imported with its DOI. null: there is none, the kind does not compare, or the entry has gaps and cannot be told yet.
 */
export async function findSame(
  db: Kysely<CoreTables>,
  kind: EvidenceKind<never>,
  { indicator, title, data }: Described,
  exceptId: number | null,
): Promise<SimilarEvidence | null> {
  const own = wholeData(kind, data)
  if (!kind.compare || title === '' || !own) return null
  const similar = await findByTitle(db, indicator, [title])
  return (
    similar.find((other) => {
      const theirs = other.id === exceptId ? null : wholeData(kind, other.data)
      return theirs !== null && kind.compare!(own, theirs) === 'same'
    }) ?? null
  )
}

/** The data where nothing of it is missing or wrong; null: it has gaps. */
export function wholeData(
  kind: EvidenceKind<never>,
  given: Record<string, unknown>,
): Record<string, unknown> | null {
  const { data, wrong, gaps } = checkData(kind.schema, given)
  return wrong.length + gaps.length === 0 ? data : null
}

/** The same; throws `evidence-duplicate` (409) with the entry that is there, as for an entry of the same identity. */
export async function refuseSame(
  trx: Transaction<CoreTables>,
  kind: EvidenceKind<never>,
  entry: Described,
  exceptId: number | null,
): Promise<void> {
  if (!kind.compare || entry.title === '') return
  // Two who enter one work at the same moment in two ways wait for each other here.
  const title = entry.title.trim().slice(0, titleLength)
  await sql`select pg_advisory_xact_lock(hashtextextended(${entry.indicator} || ' ' || ${lettersOf(sql`${title}::text`)}, 0))`.execute(
    trx,
  )
  const same = await findSame(trx, kind, entry, exceptId)
  const problem = same?.identity ? await duplicateProblem(trx, entry.indicator, same.identity) : null
  if (problem) throw problem
}
