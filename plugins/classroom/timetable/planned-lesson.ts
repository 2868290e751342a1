import type { LessonKind } from '../tables.ts'

/** One lesson of a timetable that is being read; codes are those of the file, not looked up yet. */
export interface PlannedLesson {
  /** The same for the same lesson when the timetable is read again. */
  key: string
  /** Line of a CSV file, or the number of the event, from 1: where a person finds it. */
  place: number
  subject: string
  kind: LessonKind
  room: string | null
  teacher: string | null
  group: string | null
  enrolment: number | null
  startsAt: Date
  endsAt: Date
}

/** A row or an event that is not taken; `code` has its text under `refusals`. */
export interface Refusal {
  place: number
  code:
    | 'columns-missing'
    | 'row-unreadable'
    | 'day-invalid'
    | 'time-invalid'
    | 'weekday-invalid'
    | 'parity-invalid'
    | 'span-invalid'
    | 'kind-unknown'
    | 'number-invalid'
    | 'subject-missing'
    | 'calendar-unreadable'
    | 'zone-unknown'
    | 'too-many'
  params: Record<string, string | number>
}

export interface ReadTimetable {
  lessons: PlannedLesson[]
  refused: Refusal[]
}

/** Lessons that one file may hold. */
export const lessonLimit = 200_000
