import type { Approval, WindowDay } from '../contract/regulation/approval.ts'

/** First and last days, YYYY-MM-DD, all inclusive; null: no end on that side. */
export interface Windows {
  opens: string | null
  closes: string | null
  /** Last day of deciding. */
  decidesUntil: string | null
}

/**
 * The windows for what was done on a day, by the period the day falls in. `periodStart`: MM-DD on which a period begins; it lasts a
 * year. Days are counted in UTC, so that in Kazakhstan a window closes some hours into the next day, never before its own is over.
 */
export function windowsOf(
  { approval, periodStart }: { approval: Approval | null; periodStart: string },
  day: string,
): Windows {
  const from = periodFrom(periodStart, day)
  const told = (windowDay: WindowDay | null | undefined) => (windowDay ? dayOf(windowDay, from) : null)
  return {
    opens: told(approval?.entering?.opens),
    closes: told(approval?.entering?.closes),
    decidesUntil: told(approval?.approving?.closes),
  }
}

/** First day of the period a day falls in. */
export function periodFrom(periodStart: string, day: string): string {
  const year = Number(day.slice(0, 4))
  return `${pad(day.slice(5) >= periodStart ? year : year - 1)}-${periodStart}`
}

function dayOf({ day, yearsAfter }: WindowDay, from: string): string {
  const year = Number(from.slice(0, 4)) + (day >= from.slice(5) ? 0 : 1)
  return `${pad(year + yearsAfter)}-${day}`
}

const pad = (year: number) => String(year).padStart(4, '0')
