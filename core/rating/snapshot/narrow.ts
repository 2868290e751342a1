import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** What a preview freezes instead of the whole university as it is approved; only for a transaction that is rolled back. */
export interface Narrow {
  /** null: everybody. */
  teacherIds: readonly number[] | null
  /** Entries that count beside the approved ones, as if they were. */
  alsoEvidence: readonly number[]
}

export const wholeUniversity: Narrow = { teacherIds: null, alsoEvidence: [] }

/** A test that a column names one of the frozen teachers. */
export function isAmong({ teacherIds }: Narrow, column: RawBuilder<unknown>): RawBuilder<unknown> {
  return teacherIds === null ? sql`true` : sql`${column} = any(${[...teacherIds]}::bigint[])`
}

/** A test that an entry (a row called e) counts. */
export function isCounted({ alsoEvidence }: Narrow): RawBuilder<unknown> {
  if (alsoEvidence.length === 0) return sql`e.state = 'approved'`
  return sql`(e.state = 'approved' or e.id = any(${[...alsoEvidence]}::bigint[]))`
}

/** A test that one of the frozen teachers takes part in an entry (a row called e). */
export function isAboutThem(narrow: Narrow): RawBuilder<unknown> {
  if (narrow.teacherIds === null) return sql`true`
  return sql`e.id in (select evidence_id from core.evidence_participant n where ${isAmong(narrow, sql`n.teacher_id`)})`
}
