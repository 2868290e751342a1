import { firstYear, periodOf } from '../academic-years.ts'
import { positions } from '../people/posts.ts'
import type { Position } from '../people/posts.ts'
import { isEmployed, isOnLeave, postOn, presenceIn } from '../people/teacher.ts'
import type { Teacher } from '../people/teacher.ts'
import type { Department, University } from '../people/university.ts'
import { Random } from '../random.ts'
import { fields } from '../words/fields.ts'
import type { Language } from '../words/read-words.ts'
import { activities } from './activities/index.ts'
import type { Activity, Scene } from './activity.ts'
import { drawDecision } from './decision.ts'
import { participantsOf } from './entry.ts'
import type { Entry } from './entry.ts'
import { drawDay, drawEntryTime } from './seasons.ts'
import { drawTeam } from './teams.ts'

/** A teacher among the colleagues of a department, in an academic year. */
export interface Place {
  university: University
  department: Department
  colleagues: readonly Teacher[]
  teacher: Teacher
  year: number
}

/** What a teacher led in a year, in the order of the activities. */
export function* entriesLedBy(place: Place): Generator<Entry> {
  let count = 0
  for (const activity of activities) {
    for (const start of startsOf(activity, place.year)) {
      const { teacher, department } = place
      const times = countOf(activity, { ...place, year: start })
      for (let i = 0; i < times; i++) {
        const ofYear =
          `${teacher.number}`.padStart(5, '0') + `-${place.year - firstYear}${`${count}`.padStart(2, '0')}`
        const key =
          activity.stages === undefined ? ofYear : `${department.index}-${teacher.number}-${start}-${i}`
        const entry = drawEntry(place, activity, { key, start, i })
        if (entry) yield entry
        if (++count > 99) return
      }
    }
  }
}

/** The years in which something that goes on in this year may have begun. */
function startsOf({ stages = 1 }: Activity, year: number): number[] {
  return Array.from({ length: stages }, (_, i) => year - i)
}

function countOf(activity: Activity, { university, department, teacher, year }: Place): number {
  const random = new Random(university.seed, 'count', activity.id, teacher.number, year)
  const usual = activity.perYear[positions.indexOf(positionIn(teacher, year))]!
  const personal = teacher.activity * teacher.bent[activity.area] * presenceIn(teacher, year)
  const inField = activity.inField?.[department.field] ?? 1
  return random.count(usual * personal * inField * grownBy(activity, year))
}

function grownBy({ growth = 1 }: Activity, year: number): number {
  let factor = 1
  for (let i = firstYear; i < year; i++) factor *= growth
  return factor
}

/** The position that the activity follows; of those whose position is unknown, that of a lecturer. */
export function positionIn(teacher: Teacher, year: number): Position {
  return postOn(teacher, periodOf(year).to)?.position ?? 'lecturer'
}

/** null: no day was found on which the teacher was at work. */
function drawEntry(
  { university, department, colleagues, teacher, year }: Place,
  activity: Activity,
  { key, start, i }: { key: string; start: number; i: number },
): Entry | null {
  const when = new Random(university.seed, 'when', activity.id, teacher.number, year, start, i)
  const day = drawWorkingDay(when, activity, teacher, year)
  if (!day) return null
  const random = new Random(university.seed, 'what', activity.id, teacher.number, start, i)
  const language = drawLanguage(random, teacher)
  const team = drawTeam({ random, university, lead: teacher, colleagues, day }, activity.team)
  const of = { university, random, teacher, field: fields[department.field], language, day, team, key }
  const scene: Scene = { ...of, position: positionIn(teacher, year), stageYear: year }
  return {
    indicator: activity.indicator,
    data: activity.write(scene),
    happenedOn: day,
    participants: participantsOf(scene, activity),
    enteredBy: teacher.number,
    enteredAt: drawEntryTime(when, day, year),
    ...drawDecision(when, year, language),
  }
}

function drawWorkingDay(random: Random, { season }: Activity, teacher: Teacher, year: number): string | null {
  for (let attempt = 0; attempt < 4; attempt++) {
    const day = drawDay(random, season, year)
    if (isEmployed(teacher, day) && !isOnLeave(teacher, day)) return day
  }
  return null
}

const languages: readonly Language[] = ['kk', 'ru', 'en']
const languageWeights = { kazakh: [66, 30, 4], russian: [4, 88, 8], latin: [0, 0, 1] }

function drawLanguage(random: Random, { name }: Teacher): Language {
  return languages[random.weighted(languageWeights[name.script])]!
}
