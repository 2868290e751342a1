import { academicYearName, addDays, lastYear, periodOf } from '../academic-years.ts'
import { positions } from '../people/posts.ts'
import type { Position } from '../people/posts.ts'
import { isEmployed, postOn, presenceIn } from '../people/teacher.ts'
import type { Teacher } from '../people/teacher.ts'
import { Random } from '../random.ts'
import { fields } from '../words/fields.ts'
import type { Member } from './activity.ts'
import { participantsOf } from './entry.ts'
import type { Entry } from './entry.ts'
import { positionIn } from './led-entries.ts'
import type { Place } from './led-entries.ts'
import { drawEntryTime } from './seasons.ts'

/** What is on record of every teacher who worked in a year: the individual plan and, where there is one, the h-index. */
export function* entriesDueOf(place: Place): Generator<Entry> {
  const { teacher, year } = place
  if (teacher.activity === 0 || presenceIn(teacher, year) === 0) return
  yield planOf(place)
  const value = hIndexOf(place)
  if (value > 0 && isEmployed(teacher, certificateDay(year))) yield hIndexEntry(place, value)
}

/** Most fulfil the plan, some by more than all, one in twenty-five does not; a few of the last year wait for approval. */
function planOf({ university, teacher, year }: Place): Entry {
  const random = new Random(university.seed, 'plan', teacher.number, year)
  const percent = [100, random.integer(101, 118), random.integer(76, 99)][random.weighted([54, 42, 4])]!
  const end = postOn(teacher, periodOf(year).to)?.to ?? null
  const usual = `${year + 1}-06-${random.integer(10, 28)}`
  const day = end !== null && end < usual ? end : usual
  const waits = year === lastYear && random.chance(0.01)
  return {
    ...alone(teacher, 'methodical.individual-plan', day),
    data: { academicYear: academicYearName(year), percent },
    enteredAt: new Date(`${day}T06:00:00Z`),
    state: waits ? 'submitted' : 'approved',
  }
}

const usualIndex: Readonly<Record<Position, number>> = {
  professor: 4.5,
  'associate-professor': 2.6,
  'assistant-professor': 2,
  'senior-lecturer': 0.7,
  lecturer: 0.3,
  assistant: 0.1,
}

/** Grows by a fixed part a year, so it never falls; 0: no certificate. */
function hIndexOf({ university, teacher, year }: Place): number {
  const random = new Random(university.seed, 'h-index', teacher.number)
  const reached = usualIndex[positionIn(teacher, lastYear)] * teacher.activity * teacher.bent.research
  const growth = 0.1 + 0.1 * reached * random.unit()
  return Math.max(0, Math.floor(reached + 0.4 * random.unit() - growth * (lastYear - year)))
}

const certificateDay = (year: number) => `${year}-12-10`

function hIndexEntry({ university, teacher, year }: Place, value: number): Entry {
  const day = certificateDay(year)
  const random = new Random(university.seed, 'h-index', teacher.number, year)
  const profile = `demo-${String(teacher.number).padStart(6, '0')}`
  return {
    ...alone(teacher, 'research.h-index', day),
    data: { database: 'scopus', profile, year, value },
    enteredAt: drawEntryTime(random, day, year),
  }
}

function alone(teacher: Teacher, indicator: string, happenedOn: string) {
  const member: Member = { kind: 'lead', teacher, name: teacher.name }
  const participants = participantsOf({ random: new Random(), team: [member] }, {})
  return {
    indicator,
    happenedOn,
    participants,
    enteredBy: teacher.number,
    state: 'approved' as const,
    reason: null,
  }
}

/** How many of last summer's graduates of the department's programme work: entered by its three of highest position. */
export function* employmentOf({
  university,
  department,
  colleagues,
  year,
}: Omit<Place, 'teacher'>): Generator<Entry> {
  const random = new Random(university.seed, 'employment', department.index, year)
  const day = addDays(`${year}-11-01`, random.integer(0, 27))
  const rank = (teacher: Teacher) => positions.indexOf(positionIn(teacher, year))
  const present = colleagues.filter((teacher) => teacher.activity > 0 && isEmployed(teacher, day))
  const responsible = present.toSorted((a, b) => rank(a) - rank(b)).slice(0, 3)
  const [lead] = responsible
  if (!lead) return
  const team = responsible.map((teacher, i) => ({
    kind: i === 0 ? ('lead' as const) : ('colleague' as const),
    teacher,
    name: teacher.name,
  }))
  yield {
    ...alone(lead, 'qualification.graduate-employment', day),
    data: {
      programme: `6B-${1000 + department.index} ${fields[department.field].programme.ru}`,
      graduationYear: year,
      percent: random.integer(156, 200) / 2,
    },
    participants: participantsOf({ random, team }, {}),
    enteredAt: drawEntryTime(random, day, year),
  }
}
