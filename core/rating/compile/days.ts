import { sql } from 'kysely'
import type { Period } from '../../plugin/period.ts'
import type { Fragment } from './value.ts'

/** Days of a period, both ends inclusive. */
export function daysOf({ from, to }: Period): number {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000
  return day(to) - day(from) + 1
}

/** Days of the period on which the frozen teacher, called t, was employed and not on leave; null: unknown. */
export const daysPresent: Fragment = sql`(t.employed_days - t.leave_days)`
