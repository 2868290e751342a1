import { addDays, daysBetween, periodOf } from '../academic-years.ts'
import type { Random } from '../random.ts'

/** How likely each month is, September to August. */
const seasons = {
  /** Through the year, a little more in spring. */
  even: [8, 9, 9, 7, 6, 8, 9, 11, 12, 11, 6, 4],
  /** Conferences and contests. */
  events: [2, 8, 14, 6, 2, 6, 13, 24, 18, 5, 1, 1],
  /** What is finished before the reports of the year are due. */
  deadline: [2, 4, 5, 6, 4, 5, 8, 14, 26, 22, 3, 1],
  /** Enrolment. */
  summer: [6, 1, 1, 1, 2, 3, 4, 5, 8, 13, 22, 34],
  /** Orders and plans of the new year. */
  autumn: [40, 24, 10, 5, 6, 5, 4, 3, 1, 1, 0, 1],
} as const satisfies Record<string, readonly number[]>
const monthNames = ['09', '10', '11', '12', '01', '02', '03', '04', '05', '06', '07', '08']
export type Season = keyof typeof seasons

/** A day of the academic year. */
export function drawDay(random: Random, season: Season, year: number): string {
  const month = random.weighted(seasons[season])
  const inYear = month < 4 ? `${year}-${monthNames[month]}` : `${year + 1}-${monthNames[month]}`
  return addDays(`${inYear}-01`, random.integer(0, 27))
}

/** From this day to the deadline of 20 June most of the year is entered at once. */
const rush = { from: '05-10', to: '06-20' }

/** When something that happened on a day was entered: two thirds shortly before the deadline, the rest within weeks. */
export function drawEntryTime(random: Random, day: string, year: number): Date {
  const rushFrom = `${year + 1}-${rush.from}`
  const rushTo = `${year + 1}-${rush.to}`
  const earliest = day > rushFrom ? day : rushFrom
  const inRush = day < rushTo && random.chance(0.66)
  const entered = inRush
    ? addDays(earliest, random.integer(0, daysBetween(earliest, rushTo)))
    : addDays(day, random.integer(0, 30))
  const last = periodOf(year).to
  return timeOn(random, entered < last || day > last ? entered : last)
}

/** Working hours in Kazakhstan (UTC+5). */
function timeOn(random: Random, day: string): Date {
  return new Date(Date.parse(day) + random.integer(4 * 3600, 14 * 3600) * 1000)
}
