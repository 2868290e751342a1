/** A lesson as far as conflicts go; null: not known, and then it is in conflict with nothing. */
export interface PlacedLesson {
  key: string
  room: string | null
  teacher: string | null
  group: string | null
  enrolment: number | null
  startsAt: Date
  endsAt: Date
}
/** Two lessons that cannot both be, or (`capacity`, with one key) one that does not fit into its room. */
export interface Conflict {
  kind: 'room' | 'teacher' | 'group' | 'capacity'
  /** Code of the room, teacher or group. */
  about: string
  keys: string[]
  at: Date
}

/**
 * Everything that a timetable holds twice at one time, and groups larger than their room. Ends are exclusive: a lesson may begin when
 * another ends. One lesson of several groups stands as one row for each group, so rows with the same teacher, room and time are one lesson
 * and no conflict of room or teacher. `capacities`: seats by code of room; a room that is absent has no known capacity.
 */
export function findConflicts(
  lessons: readonly PlacedLesson[],
  capacities: ReadonlyMap<string, number>,
): Conflict[] {
  const double = (['room', 'teacher', 'group'] as const).flatMap((kind) => findDouble(lessons, kind))
  const full = lessons.flatMap(({ key, room, enrolment, startsAt }): Conflict[] => {
    const capacity = room === null ? undefined : capacities.get(room)
    if (capacity === undefined || enrolment === null || enrolment <= capacity) return []
    return [{ kind: 'capacity', about: room!, keys: [key], at: startsAt }]
  })
  return [...double, ...full]
}

function findDouble(lessons: readonly PlacedLesson[], kind: 'room' | 'teacher' | 'group'): Conflict[] {
  const found: Conflict[] = []
  for (const [about, all] of Map.groupBy(lessons, (lesson) => lesson[kind])) {
    if (about === null) continue
    const sorted = all.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    let open: PlacedLesson[] = []
    for (const lesson of sorted) {
      open = open.filter(({ endsAt }) => endsAt > lesson.startsAt)
      for (const other of open) {
        if (!isJoint(other, lesson, kind))
          found.push({ kind, about, keys: [other.key, lesson.key], at: lesson.startsAt })
      }
      open.push(lesson)
    }
  }
  return found
}

/** Rows of several groups that sit in one lesson. */
function isJoint(a: PlacedLesson, b: PlacedLesson, kind: 'room' | 'teacher' | 'group'): boolean {
  const same =
    a.room === b.room &&
    a.teacher === b.teacher &&
    a.startsAt.getTime() === b.startsAt.getTime() &&
    a.endsAt.getTime() === b.endsAt.getTime()
  return kind !== 'group' && same && a.group !== b.group && a.teacher !== null
}
