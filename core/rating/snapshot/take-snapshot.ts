import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/period.ts'
import { attachRows } from '../frozen-rows.ts'
import type { FactSource } from './fact-source.ts'
import { freezeFacts } from './freeze-facts.ts'
import { freezeLeaders, freezePosts, freezeTeachers, freezeUnits } from './freeze-people.ts'
import { wholeUniversity } from './narrow.ts'
import type { Narrow } from './narrow.ts'
import { hashSnapshot } from './hash-snapshot.ts'

export interface Snapshot {
  id: number
  hash: string
  teachers: number
  facts: number
}

/** Freezes a snapshot that is at once a part of its tables. */
export async function takeSnapshot(
  trx: Transaction<CoreTables>,
  period: Period,
  sources: readonly FactSource[],
  factsFrom: string = period.from,
  narrow: Narrow = wholeUniversity,
): Promise<Snapshot> {
  const snapshot = await freezeSnapshot(trx, period, sources, factsFrom, narrow)
  await attachRows(trx, 'snapshot_fact', snapshot.id)
  return snapshot
}

/**
 * Freezes the people of a period, and facts from `factsFrom` (not after the period's first day) to the period's last day. The
 * row of the snapshot is written last: it is never changed. The facts are not attached yet: whoever has more to do reads them as
 * `frozenRows` and attaches them at its end, since others who freeze wait from then on.
 */
export async function freezeSnapshot(
  trx: Transaction<CoreTables>,
  period: Period,
  sources: readonly FactSource[],
  factsFrom: string,
  narrow: Narrow = wholeUniversity,
): Promise<Snapshot> {
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('core.snapshot', 'id')) as id`.execute(trx)
  const { id } = rows[0]!
  await freezeUnits(trx, id)
  const teachers = await freezeTeachers(trx, id, period, narrow)
  await freezePosts(trx, id, period, narrow)
  await freezeLeaders(trx, id, period)
  // Statistics hold a lock till the end: where another run has taken it, this one does without rather than wait for it.
  await sql`analyze (skip_locked) core.snapshot_teacher`.execute(trx)
  await freezeFacts(trx, id, { from: factsFrom, to: period.to }, sources, narrow)
  const { hash, facts } = await hashSnapshot(trx, id, { ...period, factsFrom })
  await sql`insert into core.snapshot (id, period_from, period_to, facts_from, teachers, facts, hash, names_hashed)
    overriding system value
    values (${id}, ${period.from}, ${period.to}, ${factsFrom}, ${teachers}, ${facts}, ${hash}, false)`.execute(
    trx,
  )
  return { id, hash, teachers, facts }
}
