import { sql } from 'kysely'
import { decimal } from './value.ts'
import type { Fragment } from './value.ts'

export interface Limits {
  cap: string | null
  floor: string | null
}

export const hasLimits = ({ cap, floor }: Limits) => cap !== null || floor !== null

/** `points` held between the limits; the floor holds where `counted` does (SQL, never null). */
export function compileLimits(points: Fragment, { cap, floor }: Limits, counted: Fragment): Fragment {
  const capped = cap === null ? points : sql`least(${points}, ${decimal(cap)})`
  if (floor === null) return capped
  return sql`case when ${counted} then greatest(${capped}, ${decimal(floor)}) else ${capped} end`
}
