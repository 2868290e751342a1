import type { ExampleFact, ExampleTeacher } from '../example-university.ts'
import { exact, sum } from './exact.ts'
import type { Exact } from './exact.ts'

export interface Period {
  from: string
  to: string
}
export interface Post {
  unit: string
  position: string | null
  rate: Exact
  first: string
  last: string
}
export interface Fact extends ExampleFact {
  /** What it is told by in lines. */
  key: string
  day: string
  /** Its number among the person's facts. */
  no: number
}
/** Somebody employed in the period, by what stands in the books on its last day. */
export interface Person {
  code: string
  posts: Post[]
  /** The post of the last day: the highest rate, then the one held longest. */
  position: string | null
  degree: string | null
  field: string | null
  citizenship: string | null
  department: string
  faculty: string
  /** Of all posts of the last day. */
  rate: Exact
  serviceFrom: string
  employedDays: number
  leaveDays: number
  leads: readonly string[]
  facts: Fact[]
}

export const facultyOf: Readonly<Record<string, string>> = { d: 'faculty', d2: 'faculty', e: 'other' }

export const dayNumber = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
export const daysIn = ({ from, to }: Period) => dayNumber(to) - dayNumber(from) + 1
export const nextDay = (day: string) => new Date((dayNumber(day) + 1) * 86_400_000).toISOString().slice(0, 10)

/** Whole years from one day to another. */
export function wholeYears(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

/** null: not employed in the period. `facts`: with their numbers. */
export function personOf(teacher: ExampleTeacher, period: Period, facts: Fact[]): Person | null {
  const all = (teacher.posts ?? [teacher]).map((post) => ({ ...teacher, ...post }))
  const held = all.flatMap(({ unit = 'd', position = null, rate = '1', startsOn = '2015-09-01', endsOn }) => {
    const [first, last] = [later(startsOn, period.from), earlier(endsOn ?? period.to, period.to)]
    return first > last ? [] : [{ unit, position, rate: exact(rate), first, last, startsOn }]
  })
  if (held.length === 0) return null
  const lastDay = held.map(({ last }) => last).reduce(later)
  const last = held
    .filter((post) => post.last === lastDay)
    .sort(
      (a, b) =>
        Number(b.rate.units) / 10 ** b.rate.scale - Number(a.rate.units) / 10 ** a.rate.scale ||
        (a.startsOn < b.startsOn ? -1 : 1),
    )
  const { unit, position } = last[0]!
  const { code, degree = null, field = null, citizenship = null, leads = [], leave = [] } = teacher
  return {
    code,
    posts: held,
    position,
    degree,
    field,
    citizenship,
    department: unit,
    faculty: facultyOf[unit]!,
    rate: sum(last.map(({ rate }) => rate)),
    serviceFrom: all.map(({ startsOn = '2015-09-01' }) => startsOn).reduce(earlier),
    employedDays: countDays(held.map(({ first, last: end }) => [first, end])),
    leaveDays: countDays(leave.map(([from, to]) => [later(from, period.from), earlier(to, period.to)])),
    leads,
    facts,
  }
}

const later = (a: string, b: string) => (a > b ? a : b)
const earlier = (a: string, b: string) => (a < b ? a : b)

/** Days that lie in at least one of the ranges. */
function countDays(ranges: readonly (readonly [string, string])[]): number {
  const days = new Set<number>()
  for (const [first, last] of ranges)
    for (let day = dayNumber(first); day <= dayNumber(last); day++) days.add(day)
  return days.size
}

/** Who belongs to a unit: the posts of the last day held there, with their rate. */
export function rateIn(person: Person, unit: string): Exact | null {
  const lastDay = person.posts.map(({ last }) => last).reduce(later)
  const here = person.posts.filter(
    (post) => post.last === lastDay && (post.unit === unit || facultyOf[post.unit] === unit),
  )
  return here.length === 0 ? null : sum(here.map(({ rate }) => rate))
}
