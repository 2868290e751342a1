import ical from 'node-ical'
import type { CalendarResponse, EventInstance, VEvent } from 'node-ical'
import { lessonKinds } from '../tables.ts'
import type { LessonKind } from '../tables.ts'
import { lessonLimit } from './planned-lesson.ts'
import type { PlannedLesson, ReadTimetable, Refusal } from './planned-lesson.ts'
import { tooMany } from './read-csv.ts'

/** How far a calendar is read: rules without an end would go on for ever. */
export interface CalendarSpan {
  from: Date
  until: Date
}

/**
 * Reads an iCalendar file (RFC 5545): repeating events, exceptions (EXDATE), moved and cancelled occurrences (RECURRENCE-ID), zones by
 * their IANA names. SUMMARY is the subject and LOCATION the room; teacher, group, kind and enrolment are properties X-USTAZ-TEACHER, ... or
 * lines of the DESCRIPTION such as `teacher: T0042`. Times without a zone are refused: nobody knows when that is.
 */
export function readIcalendar(content: Buffer, span: CalendarSpan): ReadTimetable {
  let calendar: CalendarResponse
  try {
    calendar = ical.sync.parseICS(content.toString('utf8'))
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error))
  }
  const events = Object.values(calendar).filter((part): part is VEvent => part?.type === 'VEVENT')
  if (events.length === 0) return unreadable('no event')
  const found: ReadTimetable = { lessons: [], refused: [] }
  for (const [index, event] of events.entries()) {
    const read = readEvent(event, index + 1, span)
    found.lessons.push(...read.lessons)
    found.refused.push(...read.refused)
    if (found.lessons.length > lessonLimit) return tooMany()
  }
  return found
}

function unreadable(detail: string): ReadTimetable {
  return { lessons: [], refused: [{ place: 1, code: 'calendar-unreadable', params: { detail } }] }
}

function readEvent(event: VEvent, place: number, { from, until }: CalendarSpan): ReadTimetable {
  const refuse = (code: Refusal['code'], value = ''): ReadTimetable => ({
    lessons: [],
    refused: [{ place, code, params: { value } }],
  })
  if (!textOf(event.summary)) return refuse('subject-missing')
  if (event.datetype === 'date') return refuse('time-invalid', textOf(event.summary))
  if (!hasZone(event)) return refuse('zone-unknown', textOf(event.summary))
  const about = detailsOf(event)
  if ('code' in about) return refuse(about.code, about.value)
  const instances = ical
    .expandRecurringEvent(event, { from, to: until })
    .filter((one) => one.event.status !== 'CANCELLED')
  return { lessons: instances.flatMap((one) => lessonOf(event, one, place)), refused: [] }
}

/** node-ical takes a time without zone for one of this machine's zone, and says so by leaving `tz` out. */
function hasZone({ start }: VEvent): boolean {
  return typeof start.tz === 'string' && start.tz !== ''
}

function lessonOf(
  event: VEvent,
  { start, end, event: own, isOverride }: EventInstance,
  place: number,
): PlannedLesson[] {
  const about = detailsOf({ ...event, ...own })
  if ('code' in about || end <= start) return []
  // A moved occurrence keeps the key of the moment it was moved from, so that moving it again is the same lesson.
  const origin = isOverride ? (own.recurrenceid ?? start) : start
  return [
    {
      ...about,
      key: `${event.uid}|${new Date(origin).toISOString()}`,
      place,
      subject: textOf(own.summary) || textOf(event.summary),
      room: textOf(own.location ?? event.location) || null,
      startsAt: new Date(start),
      endsAt: new Date(end),
    },
  ]
}

type Details = Pick<PlannedLesson, 'kind' | 'teacher' | 'group' | 'enrolment'>

function detailsOf(event: VEvent): Details | { code: Refusal['code']; value: string } {
  const properties = event as unknown as Record<string, unknown>
  const lines = new Map(
    textOf(event.description)
      .split('\n')
      .flatMap((line): [string, string][] => {
        const match = /^\s*([a-z]+)\s*:\s*(.+?)\s*$/i.exec(line)
        return match ? [[match[1]!.toLowerCase(), match[2]!]] : []
      }),
  )
  const get = (name: string) =>
    textOf(properties[`USTAZ-${name.toUpperCase()}`] ?? properties[`X-USTAZ-${name.toUpperCase()}`]) ||
    (lines.get(name) ?? '')
  const kind = (get('kind') || textOf(event.categories?.[0]) || 'other').toLowerCase()
  if (!lessonKinds.includes(kind as LessonKind)) return { code: 'kind-unknown', value: kind }
  const enrolment = get('enrolment')
  if (enrolment !== '' && !/^[1-9]\d{0,4}$/.test(enrolment))
    return { code: 'number-invalid', value: enrolment }
  return {
    kind: kind as LessonKind,
    teacher: get('teacher') || null,
    group: get('group') || null,
    enrolment: enrolment === '' ? null : Number(enrolment),
  }
}

/** A value, or the value among parameters. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'object' && value !== null && 'val' in value) return textOf(value.val)
  return ''
}
