import type { MinuteCount } from './counts.ts'

export interface LessonEstimate {
  /** Share of the minutes that were observed, 0 to 1. */
  coverage: number
  /** Median of people; null: too little was observed. */
  people: number | null
  /** What the median may be, both ends inclusive. */
  lowest: number | null
  highest: number | null
}

export interface EstimateRules {
  /** Above which share of observed minutes there is a value; below one half there never is (the median could be anything). */
  minimumCoverage: number
  /** Whether one of the people is the teacher. */
  teacherCounted: boolean
}

const none = { people: null, lowest: null, highest: null }

/**
 * The median over a lesson from its minutes. A minute that nobody observed may have been anything, so the ends of the interval are the medians
 * if all of them had been emptier, or fuller, than every observed one (sharp bounds of a median with values missing: Manski, C. F., Partial
 * Identification of Probability Distributions, 2003, ch. 1). Whatever the missing minutes were, the median of the whole lesson lies between.
 * The error of measurement is added at both ends (two standard deviations at the median minute).
 */
export function estimateLesson(
  minutes: readonly MinuteCount[],
  { minimumCoverage, teacherCounted }: EstimateRules,
): LessonEstimate {
  const observed = minutes.filter((minute) => minute !== null).sort((a, b) => a.people - b.people)
  const [all, seen] = [minutes.length, observed.length]
  const coverage = all === 0 ? 0 : seen / all
  const missing = all - seen
  const lowRank = Math.floor((all - 1) / 2) - missing
  const highRank = Math.ceil((all - 1) / 2)
  if (all === 0 || coverage < minimumCoverage || lowRank < 0 || highRank >= seen) return { coverage, ...none }
  const middle = [observed[Math.floor((seen - 1) / 2)]!, observed[Math.ceil((seen - 1) / 2)]!] as const
  const people = (middle[0].people + middle[1].people) / 2
  const error = 2 * Math.max(middle[0].error, middle[1].error)
  const withoutTeacher = (count: number) => Math.max(0, count - (teacherCounted ? 1 : 0))
  return {
    coverage,
    people: withoutTeacher(people),
    lowest: withoutTeacher(Math.min(people, observed[lowRank]!.people) - error),
    highest: withoutTeacher(Math.max(people, observed[highRank]!.people) + error),
  }
}

/** Students of those enrolled, at most 1, with the standard deviation of its error; null: either is not known. */
export function shareOf(
  { people, lowest, highest }: LessonEstimate,
  enrolment: number | null,
): { share: number; error: number } | null {
  if (people === null || lowest === null || highest === null || enrolment === null) return null
  const share = (count: number) => Math.min(1, count / enrolment)
  // The ends are about two standard deviations away on either side.
  return { share: share(people), error: (share(highest) - share(lowest)) / 4 }
}
