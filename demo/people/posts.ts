import { academicYears, addDays, firstYear, lastYear, periodOf } from '../academic-years.ts'
import type { Random } from '../random.ts'

export const positions = [
  'professor',
  'associate-professor',
  'assistant-professor',
  'senior-lecturer',
  'lecturer',
  'assistant',
] as const
export type Position = (typeof positions)[number]
export type Degree = 'doctor-of-sciences' | 'phd' | 'candidate-of-sciences' | 'master' | 'none'

/** A post held from the first to the last day, both inclusive; `to` null: still held. */
export interface Post {
  department: number
  /** null: nobody knows. */
  position: Position | null
  degree: Degree
  rate: string
  from: string
  to: string | null
}

/** How many of a hundred hold each position; few at the top, as everywhere. */
const pyramid = [8, 22, 10, 31, 21, 8]
const degrees: readonly Degree[] = ['doctor-of-sciences', 'phd', 'candidate-of-sciences', 'master', 'none']
const degreeWeights: Readonly<Record<Position, readonly number[]>> = {
  professor: [68, 14, 18, 0, 0],
  'associate-professor': [4, 50, 44, 2, 0],
  'assistant-professor': [0, 80, 20, 0, 0],
  'senior-lecturer': [0, 14, 16, 66, 4],
  lecturer: [0, 4, 2, 88, 6],
  assistant: [0, 0, 0, 94, 6],
}
const positionBefore: Readonly<Record<Position, Position | null>> = {
  professor: 'associate-professor',
  'associate-professor': 'senior-lecturer',
  'assistant-professor': 'senior-lecturer',
  'senior-lecturer': 'lecturer',
  lecturer: 'assistant',
  assistant: null,
}
/** Of a post held beside the main one; no main post has it. */
export const secondRate = '0.25'
const rates = ['1', '0.5', '0.75', '1.25', '1.5']
const rateWeights = [84, 7, 2, 5, 2]

export interface Career {
  position: Position
  /** First day of service. */
  since: string
  posts: Post[]
}

/** A career that touches the five years: hired before or in them, perhaps promoted, perhaps leaving. */
export function drawCareer(random: Random, department: number, departments: number): Career {
  const position = positions[random.weighted(pyramid)]!
  const since = drawStart(random, position)
  const to = drawEnd(random, since)
  const post = {
    department,
    position,
    degree: drawDegree(random, position),
    rate: drawRate(random),
    from: since,
    to,
  }
  const posts = [...drawPromotion(random, post), ...drawSecondPost(random, post, departments)]
  return { position, since, posts }
}

/** A fifth came within the five years; the others the earlier, the higher their position. */
function drawStart(random: Random, position: Position): string {
  const month = random.weighted([80, 8, 12])
  const day = (year: number) => [`${year}-09-01`, `${year}-11-01`, `${year + 1}-02-01`][month]!
  if (random.chance(0.2)) return day(random.pick(academicYears))
  const longest = 4 + 4 * (positions.length - positions.indexOf(position))
  return day(firstYear - 1 - random.integer(1, longest))
}

function drawEnd(random: Random, since: string): string | null {
  if (!random.chance(0.1)) return null
  const year = random.pick(academicYears.slice(0, -1))
  const end = random.chance(0.75) ? periodOf(year).to : `${year + 1}-01-31`
  return end > addDays(since, 120) && end > periodOf(firstYear).from ? end : null
}

function drawDegree(random: Random, position: Position): Degree {
  return degrees[random.weighted(degreeWeights[position])]!
}

function drawRate(random: Random): string {
  return rates[random.weighted(rateWeights)]!
}

/** The post, with the lower one before it where the promotion fell into the five years: always on a 1 September. */
function drawPromotion(random: Random, post: Post & { position: Position }): Post[] {
  const before = positionBefore[post.position]
  const on = periodOf(random.integer(firstYear + 1, lastYear)).from
  const fits = addDays(post.from, 360) < on && (post.to === null || post.to > on)
  if (!before || !fits || !random.chance(0.2)) return [post]
  const degree = post.degree === 'phd' && random.chance(0.6) ? 'master' : post.degree
  return [
    { ...post, position: before, degree, to: addDays(on, -1) },
    { ...post, from: on },
  ]
}

/** A few have a quarter of a post in another department beside their own. */
function drawSecondPost(random: Random, post: Post, departments: number): Post[] {
  if (departments < 2 || !random.chance(0.03)) return []
  const department = (post.department + random.integer(1, departments - 1)) % departments
  return [{ ...post, department, rate: secondRate }]
}
