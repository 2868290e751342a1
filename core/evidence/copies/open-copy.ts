import type { Kysely, Selectable } from 'kysely'
import { conflictsOf } from '../../approval/seats.ts'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { EvidenceCopyTable } from '../../database/tables/evidence.ts'
import type { Actor, Scope } from '../../plugin/route.ts'
import { readEntry, teacherIdsOf } from '../read-entry.ts'
import type { Entry } from '../read-entry.ts'
import { readableBy } from '../rights.ts'

/** Who asks, and how far the right to merge reaches for them. */
export interface Asking {
  actor: Actor
  scope: Scope
}
export interface OpenCopy {
  copy: Selectable<EvidenceCopyTable>
  first: Entry
  second: Entry
}

/**
 * A pair of entries for whoever may decide about both; `lock` (in a transaction): the pair and both are locked, in one order. Throws
 * `copies-not-found` (404), also where one of them is none of the actor's business, and `copies-concerned` (403) where the actor or
 * a relative takes part.
 */
export async function openCopy(
  db: Kysely<CoreTables>,
  { actor, scope }: Asking,
  id: number,
  how: 'free' | 'lock' = 'free',
): Promise<OpenCopy> {
  const copy = await db
    .selectFrom('evidence_copy')
    .selectAll()
    .where('id', '=', id)
    .$if(how === 'lock', (query) => query.forUpdate())
    .executeTakeFirst()
  if (!copy) throw copyNotFound(id)
  const readable = await db
    .selectFrom('evidence')
    .select('id')
    .where('id', 'in', [copy.first_id, copy.second_id])
    .where(await readableBy(db, actor, scope))
    .execute()
  if (readable.length < 2) throw copyNotFound(id)
  const first = await readEntry(db, copy.first_id, how)
  const second = await readEntry(db, copy.second_id, how)
  const concerned = await conflictsOf(db, [actor.accountId])
  if ([...teacherIdsOf(first), ...teacherIdsOf(second)].some((one) => concerned.includes(one)))
    throw new UstazError('copies-concerned', { status: 403 })
  return { copy, first, second }
}

/** Throws `copies-decided` (409): somebody decided already, or one of the two was rejected. */
export function refuseDecided({ copy, first, second }: OpenCopy): void {
  const isOver = [first, second].some(({ evidence }) => evidence.state === 'rejected')
  if (copy.decision !== null || isOver) throw new UstazError('copies-decided', { status: 409 })
}

export const copyNotFound = (id: number) =>
  new UstazError('copies-not-found', { status: 404, params: { copy: id } })
