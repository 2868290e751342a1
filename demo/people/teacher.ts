import { daysBetween, lastYear, periodOf } from '../academic-years.ts'
import { Random } from '../random.ts'
import { drawLeaves } from './leaves.ts'
import type { Leave } from './leaves.ts'
import { inventName } from './names.ts'
import type { InventedName, Sex } from './names.ts'
import { inventOrcid } from './orcid.ts'
import { drawCareer, positions, secondRate } from './posts.ts'
import type { Career, Position, Post } from './posts.ts'
import { departmentOf, universityCode } from './university.ts'
import type { University } from './university.ts'

export const workAreas = ['teaching', 'research', 'social', 'qualification'] as const
export type WorkArea = (typeof workAreas)[number]

/** Somebody who never lived. */
export interface Teacher {
  /** 0 to the number of teachers - 1. */
  number: number
  code: string
  name: InventedName
  sex: Sex
  birthYear: number
  orcid: string | null
  serviceFrom: string
  posts: readonly Post[]
  leaves: readonly Leave[]
  /** How much this person does beside lectures; 1 is average, few do three times as much, 0: nothing is on record. */
  activity: number
  /** The same by area; 1 is average. */
  bent: Readonly<Record<WorkArea, number>>
}

/** Any teacher of the university by number, drawn without the others. */
export function teacherAt(university: University, number: number): Teacher {
  const random = new Random(university.seed, 'teacher', number)
  const { index } = departmentOf(university, number)
  const sex = random.chance(0.6) ? 'female' : 'male'
  const name = inventName(random, sex)
  const { position, since, posts } = drawCareerOf(university, number, random)
  const birthYear = drawBirthYear(random, position, since)
  const { to } = posts.findLast(({ department }) => department === index)!
  return {
    number,
    code: `${universityCode.toUpperCase()}-${String(number + 1).padStart(5, '0')}`,
    name,
    sex,
    birthYear,
    orcid: random.chance(0.6) ? inventOrcid(number) : null,
    serviceFrom: since,
    posts,
    leaves: drawLeaves(random, { sex, birthYear, from: since, to }),
    activity: isSilent(university, number) ? 0 : quantile(random, activityQuantiles),
    bent: drawBent(random),
  }
}

/** The people who stand for what may be unknown stay to the end, so that every year shows them. */
function drawCareerOf(university: University, number: number, random: Random): Career {
  const { index } = departmentOf(university, number)
  const { position, since, posts } = drawCareer(random, index, university.departments.length)
  const isUnknown = isPositionUnknown(university, number)
  if (!isUnknown && !isSilent(university, number)) return { position, since, posts }
  const post = { ...posts.at(-1)!, department: index, rate: '1', from: since, to: null }
  return { position, since, posts: [isUnknown ? { ...post, position: null } : post] }
}

/** Two people whose position the personnel office never entered: a rating by position must block them. */
export function isPositionUnknown({ teachers }: University, number: number): boolean {
  return number === Math.floor(teachers * 0.31) || number === Math.floor(teachers * 0.77)
}

/** One person of whom nothing is on record, not even the individual plan. */
export function isSilent({ teachers }: University, number: number): boolean {
  return number === Math.floor(teachers * 0.53)
}

/**
 * Quantiles of a log-normal distribution of mean 1 (sigma 0.45 and 0.35) at 0, 5, 10, ... 100 %, the ends cut at 0.5 and 99.5 %;
 * between them a straight line is drawn.
 */
const activityQuantiles = [
  0.284, 0.431, 0.508, 0.567, 0.619, 0.667, 0.714, 0.76, 0.806, 0.854, 0.904, 0.956, 1.013, 1.075, 1.144,
  1.224, 1.32, 1.441, 1.608, 1.893, 2.88,
]
const bentQuantiles = [
  0.382, 0.529, 0.601, 0.654, 0.701, 0.743, 0.783, 0.822, 0.861, 0.9, 0.941, 0.983, 1.028, 1.076, 1.13, 1.191,
  1.263, 1.352, 1.473, 1.673, 2.318,
]

function quantile(random: Random, quantiles: readonly number[]): number {
  const place = random.unit() * (quantiles.length - 1)
  const low = Math.floor(place)
  return quantiles[low]! + (place - low) * (quantiles[low + 1]! - quantiles[low]!)
}

function drawBent(random: Random): Record<WorkArea, number> {
  const draw = () => quantile(random, bentQuantiles)
  return { teaching: draw(), research: draw(), social: draw(), qualification: draw() }
}

const youngest: Readonly<Record<Position, number>> = {
  professor: 44,
  'associate-professor': 34,
  'assistant-professor': 30,
  'senior-lecturer': 29,
  lecturer: 25,
  assistant: 23,
}

/** Old enough for the position in the last year and for the first day of service, and below 72. */
function drawBirthYear(random: Random, position: Position, since: string): number {
  const spread = 8 + 3 * (positions.length - positions.indexOf(position))
  const ageNow = youngest[position] + Math.min(random.integer(0, spread), random.integer(0, spread))
  const ageByService = lastYear - Number(since.slice(0, 4)) + 22
  return lastYear - Math.min(72, Math.max(ageNow, ageByService))
}

export function isEmployed({ posts }: Teacher, day: string): boolean {
  return posts.some(({ from, to }) => from <= day && (to === null || day <= to))
}

export function isOnLeave({ leaves }: Teacher, day: string): boolean {
  return leaves.some(({ from, to }) => from <= day && day <= to)
}

/** The main post on a day, or the last one of the period before it; null: none. */
export function postOn({ posts }: Teacher, day: string): Post | null {
  const begun = posts.filter(({ from, rate }) => from <= day && rate !== secondRate)
  return begun.at(-1) ?? null
}

const presences = new WeakMap<Teacher, Map<number, number>>()

/** Part of the academic year at work, 0 to 1: days employed and not on leave, in proportion to a rate below 1. */
export function presenceIn(teacher: Teacher, year: number): number {
  const known = presences.get(teacher) ?? new Map<number, number>()
  presences.set(teacher, known)
  const presence = known.get(year) ?? countPresence(teacher, year)
  known.set(year, presence)
  return presence
}

function countPresence(teacher: Teacher, year: number): number {
  const period = periodOf(year)
  const post = postOn(teacher, period.to)
  if (!post) return 0
  const employed = overlap(period, { from: teacher.posts[0]!.from, to: post.to ?? period.to })
  const away = teacher.leaves.reduce((days, leave) => days + overlap(period, leave), 0)
  return (Math.max(0, employed - away) / 365) * Math.min(1, Number(post.rate))
}

function overlap(one: { from: string; to: string }, other: { from: string; to: string }): number {
  const from = one.from > other.from ? one.from : other.from
  const to = one.to < other.to ? one.to : other.to
  return from > to ? 0 : daysBetween(from, to) + 1
}
