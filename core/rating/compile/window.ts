import { UstazError } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Window } from '../../contract/regulation/rule.ts'
import type { Period } from '../../plugin/period.ts'

/**
 * First and last day whose facts a criterion counts, both inclusive. Without a window, or with one that begins on the period's
 * own first day, they end with the period and begin `years` - 1 years before it; with another day they are the last
 * `years` years beginning on that day that have ended by the period's last day.
 */
export function windowDays(window: Window | null, period: Period): Period {
  if (window === null) return period
  const { start, years } = window
  if (start === null) return { from: addYears(period.from, 1 - years), to: period.to }
  const afterwards = addDays(period.to, 1)
  const thisYear = `${afterwards.slice(0, 4)}-${start}`
  const next = thisYear <= afterwards ? thisYear : addYears(thisYear, -1)
  return { from: addYears(next, -years), to: addDays(next, -1) }
}

/**
 * The last day of the last period, of those of the same length that follow year by year on `period`, in which a criterion still counts what
 * happened on a day; null: it does not count it in `period`.
 */
export function countsUntil(window: Window | null, happenedOn: string, period: Period): string | null {
  const counts = (one: Period) => {
    const { from, to } = windowDays(window, one)
    return from <= happenedOn && happenedOn <= to
  }
  if (!counts(period)) return null
  let last = period
  for (let next = nextYear(last); counts(next); next = nextYear(last)) last = next
  return last.to
}

/** The last day is the one before the next first day: it may be the 28th or the 29th of February. */
function nextYear({ from, to }: Period): Period {
  return { from: addYears(from, 1), to: addDays(addYears(addDays(to, 1), 1), -1) }
}

/** The first day from which a document counts facts, at the latest the first day of the period. */
export function reachOf({ criteria }: RegulationDocument, period: Period): string {
  const starts = criteria.map(({ window }) => windowDays(window, period).from)
  return [period.from, ...starts].reduce((first, day) => (day < first ? day : first))
}

/** Throws `snapshot-too-short` where facts are frozen from a later day than the document reaches back to. */
export function refuseTooShort(factsFrom: string, needed: string): void {
  if (factsFrom > needed) {
    throw new UstazError('snapshot-too-short', { status: 422, params: { from: factsFrom, needed } })
  }
}

/** A day of another year; 29 February becomes the 28th where that year has none. */
function addYears(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0')
  const moved = `${year}${day.slice(4)}`
  return isDay(moved) ? moved : `${year}-02-28`
}

const isDay = (day: string) => new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) === day

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
