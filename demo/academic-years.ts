/** Calendar years in which the academic years of the demonstration begin: 2021/22 to 2025/26. */
export const academicYears = [2021, 2022, 2023, 2024, 2025] as const
export const firstYear = academicYears[0]
export const lastYear = 2025

/** 1 September to 31 August, both inclusive. */
export function periodOf(year: number): { from: string; to: string } {
  return { from: `${year}-09-01`, to: `${year + 1}-08-31` }
}

export function academicYearName(year: number): string {
  return `${year}/${year + 1}`
}

/** The academic year a day belongs to. */
export function academicYearOf(day: string): number {
  const year = Number(day.slice(0, 4))
  return day.slice(5) >= '09-01' ? year : year - 1
}

/** The academic years after the rated ones that had begun by a day, oldest first; none before September 2026. */
export function yearsSinceRated(day: string): number[] {
  return Array.from({ length: Math.max(0, academicYearOf(day) - lastYear) }, (_, i) => lastYear + 1 + i)
}

/** All days of 1980 to 2030 by number: dates are compared and counted far more often than anything else is done. */
const dayMilliseconds = 86_400_000
const firstDay = Date.UTC(1980, 0, 1)
const days = Array.from({ length: 365.25 * 51 }, (_, i) =>
  new Date(firstDay + i * dayMilliseconds).toISOString().slice(0, 10),
)
const numbers = new Map(days.map((day, i) => [day, i]))

/** A day so many days later, YYYY-MM-DD. */
export function addDays(day: string, count: number): string {
  return days[numbers.get(day)! + count]!
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return numbers.get(to)! - numbers.get(from)!
}
