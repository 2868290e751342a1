import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { KnownEvidence, SimilarEvidence } from '../plugin/access.ts'
import type { CoreTables } from '../database/tables.ts'
import { storedIdentity, titleLength } from './ask-kind.ts'

/** Entries of these identities that are not rejected: at most one for each. */
export async function findByIdentity(
  db: Kysely<CoreTables>,
  indicator: string,
  identities: readonly string[],
): Promise<KnownEvidence[]> {
  if (identities.length === 0) return []
  return await db
    .selectFrom('evidence')
    .select(['id', 'indicator', 'title', 'state'])
    .select((eb) => eb.ref('identity').$notNull().as('identity'))
    .where('indicator', '=', indicator)
    .where(sql<boolean>`identity = any(${identities.map(storedIdentity)}::text[])`)
    .where('state', '<>', 'rejected')
    .execute()
}

/** Entries that are not rejected whose title is one of these, apart from case and everything but letters and digits. */
export async function findByTitle(
  db: Kysely<CoreTables>,
  indicator: string,
  titles: readonly string[],
): Promise<SimilarEvidence[]> {
  if (titles.length === 0) return []
  const stored = titles.map((title) => title.trim().slice(0, titleLength))
  return await db
    .selectFrom('evidence')
    .select(['id', 'indicator', 'identity', 'title', 'state', 'data'])
    .where('indicator', '=', indicator)
    .where('state', '<>', 'rejected')
    .where(
      sql<boolean>`${lettersOf(sql`evidence.title`)} in
        (select ${lettersOf(sql`given.title`)} from unnest(${stored}::text[]) as given (title))`,
    )
    .orderBy('id')
    .execute()
}

/** A text as titles are compared: in lower case, letters and digits only; an index holds it. */
export const lettersOf = (text: RawBuilder<unknown>) =>
  sql`regexp_replace(lower(${text}), '[^[:alnum:]]+', '', 'g')`

/** How many of the unmatched participants the problem names; whoever stands further down is added by hand. */
const namesShown = 100

/**
 * The problem that answers an entry which is there already: which it is, and who of its participants is not matched to a teacher
 * yet, so that a co-author can say "that is me". null: it has gone in the meantime.
 */
export async function duplicateProblem(
  db: Kysely<CoreTables>,
  indicator: string,
  identity: string,
): Promise<UstazError | null> {
  const [known] = await findByIdentity(db, indicator, [identity])
  if (!known) return null
  const unmatched = await db
    .selectFrom('evidence_participant')
    .select(['ordinal', 'name'])
    .where('evidence_id', '=', known.id)
    .where('teacher_id', 'is', null)
    .orderBy('ordinal')
    .limit(namesShown)
    .execute()
  return new UstazError('evidence-duplicate', {
    status: 409,
    params: {
      id: known.id,
      title: known.title,
      state: known.state,
      identity: known.identity,
      unmatchedOrdinals: unmatched.map(({ ordinal }) => String(ordinal)),
      unmatchedNames: unmatched.map(({ name }) => name),
    },
  })
}

/** PostgreSQL refused a write because the same thing is there already. */
export function isDuplicateIdentity(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'evidence_identity'
}
