import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Period } from '../../plugin/period.ts'
import { daysOf, daysPresent } from './days.ts'
import type { Fragment } from './value.ts'

type Extrapolation = NonNullable<RegulationDocument['extrapolation']>

/**
 * By what the points of the frozen teacher, called t, are stretched: points x due / given. Made up for are days before hiring and
 * after leaving (employment), days of leave, or both: then the days of the period / days present. 1 / 1 where too few
 * days are known to say anything.
 */
export function compileStretch(
  { absence, atLeastDays }: Extrapolation,
  period: Period,
): { due: Fragment; given: Fragment } {
  const due = absence.includes('employment') ? sql.lit(daysOf(period)) : sql`t.employed_days`
  const given = absence.includes('leave') ? daysPresent : sql`t.employed_days`
  const ifEnough = (days: Fragment) =>
    sql`case when ${daysPresent} >= ${sql.lit(atLeastDays)} then ${days} else 1 end`
  return { due: ifEnough(due), given: ifEnough(given) }
}

/** Numbers of the areas whose points are stretched. */
export function stretchedAreas({ areas, extrapolation }: RegulationDocument): number[] {
  if (!extrapolation) return []
  return areas.flatMap(({ id }, index) =>
    extrapolation.areas === null || extrapolation.areas.includes(id) ? [index + 1] : [],
  )
}
