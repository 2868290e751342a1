import { academicYears, lastYear, yearsSinceRated } from '../academic-years.ts'
import { teacherAt } from '../people/teacher.ts'
import type { Teacher } from '../people/teacher.ts'
import type { Department, University } from '../people/university.ts'
import type { Entry } from './entry.ts'
import { entriesLedBy } from './led-entries.ts'
import { unitEntriesOf } from './unit-entries.ts'
import { employmentOf, entriesDueOf } from './yearly-entries.ts'

/** All teachers of a department, in the order of their numbers. */
export function teachersOf(university: University, { first, size }: Department): Teacher[] {
  return Array.from({ length: size }, (_, i) => teacherAt(university, first + i))
}

/** Everything entered in five years, department by department and year by year; never more than one department in memory. */
export function* allEntries(university: University): Generator<Entry> {
  for (const department of university.departments) yield* entriesOfDepartment(university, department)
}

export function* entriesOfDepartment(university: University, department: Department): Generator<Entry> {
  const of = {
    university,
    department,
    colleagues: teachersOf(university, department),
    titles: new Set<string>(),
  }
  for (const year of academicYears) yield* entriesOfYear(of, year)
}

/**
 * What a department had entered by a moment of what was done since the rated years: a part of what the same draws give for a whole year, so
 * that a later moment adds to it and changes nothing but what became of an entry.
 */
export function* entriesSinceRated(
  university: University,
  department: Department,
  now: Date,
): Generator<Entry> {
  const of = {
    university,
    department,
    colleagues: teachersOf(university, department),
    titles: new Set<string>(),
  }
  const years = yearsSinceRated(now.toISOString().slice(0, 10))
  if (years.length === 0) return
  // The calendar year in which the rated years end goes on: its titles are not invented a second time.
  const before = entriesOfYear(of, lastYear)
  while (!before.next().done) continue
  for (const year of years) {
    for (const entry of entriesOfYear(of, year)) if (entry.enteredAt <= now) yield entry
  }
}

interface Placed {
  university: University
  department: Department
  colleagues: readonly Teacher[]
  /** Titles that came up so far. */
  titles: Set<string>
}

function* entriesOfYear(
  { university, department, colleagues, titles }: Placed,
  year: number,
): Generator<Entry> {
  const place = { university, department, colleagues, year }
  yield* employmentOf(place)
  yield* unitEntriesOf(university, department, year)
  for (const teacher of colleagues) {
    yield* entriesDueOf({ ...place, teacher })
    for (const entry of entriesLedBy({ ...place, teacher })) if (isNew(entry, titles)) yield entry
  }
}

/** Works without a DOI are told apart by title, year and first author: an invented title that came up before is left out. */
function isNew({ indicator, data }: Entry, titles: Set<string>): boolean {
  if (indicator !== 'publications.work' || data['doi'] !== null) return true
  const title = String(data['title'])
  return titles.size < titles.add(title).size
}
