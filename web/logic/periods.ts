/** First and last day, both inclusive, YYYY-MM-DD. */
export interface Period {
  from: string
  to: string
}

/** The period that goes on on `today`, for periods that start every year on `periodStart` (MM-DD). */
export const currentPeriod = (periodStart: string, today: string): Period =>
  yearAfter(lastFullPeriod(periodStart, today))

/**
 * The last period that is over on `today`, for periods that start every year on `periodStart` (MM-DD):
 * on 2025-11-20 with 09-01 it is 2024-09-01 to 2025-08-31.
 */
export function lastFullPeriod(periodStart: string, today: string): Period {
  const year = Number(today.slice(0, 4))
  const begunThisYear = today.slice(5) >= periodStart
  const currentStart = begunThisYear ? year : year - 1
  return { from: `${currentStart - 1}-${periodStart}`, to: dayBefore(`${currentStart}-${periodStart}`) }
}

/** The same days of the year before and after. */
export const yearBefore = (period: Period): Period => movedByYears(period, -1)
export const yearAfter = (period: Period): Period => movedByYears(period, 1)

function movedByYears({ from, to }: Period, years: number): Period {
  const first = (day: string, by: number) => `${Number(day.slice(0, 4)) + by}${day.slice(4)}`
  // The last day is the one before the next first day: it may be the 28th or the 29th of February.
  const afterwards = new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return { from: first(from, years), to: dayBefore(first(afterwards, years)) }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
