/** A lesson that is played: the hour in which it begins (hours since 1970), how many are enrolled and how many come. */
export interface PlayedLesson {
  hour: number
  enrolment: number
  startsAt: number
  endsAt: number
  students: number
}

export const hourMs = 3_600_000

/** In this hour by the clocks of the university, at whose beginning counters start anew, no room has a lesson. */
const emptyHour = 4

/**
 * Lessons of the room with this number in the hours from one to before another. Pure, each by its own hour: whenever a demonstration is started, at the
 * same moment the same people are in the same room.
 */
export function lessonsBetween(
  { index, capacity }: { index: number; capacity: number },
  { from, to }: { from: number; to: number },
  timeZone: string,
): PlayedLesson[] {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone })
  const enrolment = Math.round(capacity * 0.8)
  return Array.from({ length: to - from }, (_, slot) => from + slot)
    .filter((hour) => (hour * 7 + index) % 4 !== 0 && Number(clock.format(hour * hourMs)) !== emptyHour)
    .map((hour) => ({
      hour,
      enrolment,
      startsAt: hour * hourMs,
      endsAt: hour * hourMs + 50 * 60_000,
      students: enrolment - ((hour * 13 + index * 5) % 9),
    }))
}
