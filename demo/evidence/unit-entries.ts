import type { LocalizedText } from '../../core/contract/text.ts'
import { firstYear } from '../academic-years.ts'
import { leadersOf } from '../people/leaders.ts'
import type { Leader } from '../people/leaders.ts'
import { inventName } from '../people/names.ts'
import { isEmployed, isOnLeave } from '../people/teacher.ts'
import type { Department, University } from '../people/university.ts'
import { Random } from '../random.ts'
import { fields } from '../words/fields.ts'
import { facultyActivities } from './activities/faculty-work.ts'
import { departmentActivities } from './activities/unit-work.ts'
import { drawDecision } from './decision.ts'
import { participantsOf } from './entry.ts'
import type { Entry } from './entry.ts'
import { drawDay, drawEntryTime } from './seasons.ts'
import type { UnitActivity } from './unit-activity.ts'

/** A unit with who leads it, in an academic year. */
interface LedUnit {
  university: University
  /** Of the leader. */
  department: Department
  leader: Leader
  name: LocalizedText
  code: string
  size: number
  year: number
}

/** What the head of a department reports of it in a year, and of the faculty where the head is its dean. */
export function* unitEntriesOf(
  university: University,
  department: Department,
  year: number,
): Generator<Entry> {
  const leaders = leadersOf(university)
  const leader = leaders.departments[department.index]
  if (!leader || leader.teacher.activity === 0) return
  const { name, code, size } = department
  const of = { university, department, leader, year }
  yield* entriesOf(departmentActivities, { ...of, name, code, size })
  const faculty = leaders.faculties.findIndex((dean) => dean?.teacher.number === leader.teacher.number)
  if (faculty >= 0) yield* entriesOf(facultyActivities, { ...of, ...facultyAt(university, faculty) })
}

function facultyAt(university: University, place: number): Pick<LedUnit, 'name' | 'code' | 'size'> {
  const { id, name, code } = university.faculties[place]!
  const own = university.departments.filter(({ faculty }) => faculty === id)
  return { name, code, size: own.reduce((sum, { size }) => sum + size, 0) }
}

function* entriesOf(activities: readonly UnitActivity[], unit: LedUnit): Generator<Entry> {
  for (const activity of activities) {
    const { university, code, year } = unit
    const random = new Random(university.seed, 'unit', activity.id, code, year)
    const times = activity.perYear === 'once' ? 1 : random.count(activity.perYear)
    for (let i = 0; i < times; i++) {
      const entry = drawEntry(activity, unit, i)
      if (entry) yield entry
    }
  }
}

/** null: on no day that was drawn was the leader at work. */
function drawEntry(activity: UnitActivity, unit: LedUnit, i: number): Entry | null {
  const { university, department, leader, year, code } = unit
  const random = new Random(university.seed, 'unit', activity.id, code, year, i)
  const day = drawDayAtWork(random, activity, leader, year)
  if (!day) return null
  const language = random.chance(0.6) ? 'kk' : 'ru'
  const stranger = inventName(random, random.chance(0.5) ? 'female' : 'male', 'latin')
  const field = fields[department.field]
  const data = activity.write({
    random,
    field,
    language,
    unitName: unit.name[language],
    size: unit.size,
    programme: `6B-${1000 + department.index} ${field.programme[language]}`,
    year,
    stranger: `${stranger.family} ${stranger.given}`,
    key: `${code}-${year - firstYear}${i}`,
  })
  const team = [{ kind: 'lead' as const, teacher: leader.teacher, name: leader.teacher.name }]
  return {
    indicator: activity.indicator,
    data,
    happenedOn: day,
    participants: participantsOf({ random, team }, {}),
    enteredBy: leader.teacher.number,
    enteredAt: drawEntryTime(random, day, year),
    ...drawDecision(random, year, language),
  }
}

function drawDayAtWork(
  random: Random,
  { season }: UnitActivity,
  { teacher }: Leader,
  year: number,
): string | null {
  for (let attempt = 0; attempt < 4; attempt++) {
    const day = drawDay(random, season, year)
    if (isEmployed(teacher, day) && !isOnLeave(teacher, day)) return day
  }
  return null
}
