import { sql } from 'kysely'
import type { Split } from '../../contract/regulation/rule.ts'
import { notYet } from './not-yet.ts'
import { decimal, numberOf } from './value.ts'
import type { Fragment } from './value.ts'

/** The teacher's part of `points` (numeric, called f.points); quotients carry 12 decimals. null: the share is unknown. */
export function compileSplit(split: Split): Fragment {
  if (split.kind !== 'equal' && split.kind !== 'share') throw notYet(`split.${split.kind}`)
  return split.kind === 'equal'
    ? sql`case when f.participants = 1 then f.points else round(f.points / f.participants, 12) end`
    : sql`round(f.points * f.share, 12)`
}

/** What is left after the minimum per participant: f.shared, or 0 where several share too little. null: unknown. */
export function compileMinimum(minimum: NonNullable<Split['minimum']>): Fragment {
  const value = numberOf(minimum.of)
  return sql`case when f.participants = 1 then f.shared
    when (${value}) is null then null
    when (${value}) >= ${decimal(minimum.perParticipant)} * f.participants then f.shared
    else 0::numeric end`
}
