import { momentOf } from '@ustaz/devices'
import { parse } from 'csv-parse/sync'
import { lessonKinds } from '../tables.ts'
import type { LessonKind } from '../tables.ts'
import { lessonLimit } from './planned-lesson.ts'
import type { PlannedLesson, ReadTimetable, Refusal } from './planned-lesson.ts'

/**
 * A row is one lesson (`date`) or one that repeats: on a `weekday` (1 Monday to 7) from `from` to `until`, both inclusive, in weeks of a
 * `parity` (odd, even; empty: each), where the week of `from` is the first and so odd. Times are local, HH:MM.
 */
const needed = ['start', 'end', 'subject'] as const
type Row = Partial<Record<(typeof needed)[number] | Optional, string>>
type Optional =
  | 'date'
  | 'weekday'
  | 'parity'
  | 'from'
  | 'until'
  | 'room'
  | 'teacher'
  | 'group'
  | 'kind'
  | 'enrolment'
  | 'id'

/** Reads a timetable of comma, semicolon or tab separated lines with a header, UTF-8. Rows with a fault are refused, the others taken. */
export function readCsv(content: Buffer, timeZone: string): ReadTimetable {
  let rows: { record: Row; info: { lines: number } }[]
  try {
    rows = parse(content, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      delimiter: [',', ';', '\t'],
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
      info: true,
    }) as unknown as typeof rows
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { lessons: [], refused: [{ place: 1, code: 'row-unreadable', params: { detail: message } }] }
  }
  const missing = needed.filter((name) => rows.length > 0 && !(name in rows[0]!.record))
  if (missing.length > 0 || rows.length === 0) {
    const names = (missing.length > 0 ? missing : needed).join(', ')
    return { lessons: [], refused: [{ place: 1, code: 'columns-missing', params: { names } }] }
  }
  const found: ReadTimetable = { lessons: [], refused: [] }
  for (const { record, info } of rows) {
    const read = readRow(record, info.lines, timeZone)
    if ('code' in read) found.refused.push(read)
    else found.lessons.push(...read.lessons)
    if (found.lessons.length > lessonLimit) return tooMany()
  }
  return found
}

export function tooMany(): ReadTimetable {
  return { lessons: [], refused: [{ place: 1, code: 'too-many', params: { limit: lessonLimit } }] }
}

function readRow(row: Row, place: number, timeZone: string): { lessons: PlannedLesson[] } | Refusal {
  const refuse = (code: Refusal['code'], value = ''): Refusal => ({ place, code, params: { value } })
  if (!row.subject) return refuse('subject-missing')
  const kind = (row.kind || 'other').toLowerCase()
  if (!lessonKinds.includes(kind as LessonKind)) return refuse('kind-unknown', kind)
  const enrolment = row.enrolment ? Number(row.enrolment) : null
  if (enrolment !== null && !(Number.isInteger(enrolment) && enrolment > 0))
    return refuse('number-invalid', row.enrolment)
  const [start, end] = [timeOf(row.start), timeOf(row.end)]
  if (!start || !end || start >= end) return refuse('time-invalid', `${row.start ?? ''}–${row.end ?? ''}`)
  const days = daysOf(row, refuse)
  if ('code' in days) return days
  const base = {
    place,
    subject: row.subject,
    kind: kind as LessonKind,
    room: row.room || null,
    teacher: row.teacher || null,
    group: row.group || null,
    enrolment,
  }
  const same = row.id || [base.subject, base.kind, base.teacher, base.group].join('|')
  return {
    lessons: days.days.map((day) => ({
      ...base,
      key: `${same}|${day}T${start}`,
      startsAt: momentOf(`${day}T${start}:00`, timeZone)!,
      endsAt: momentOf(`${day}T${end}:00`, timeZone)!,
    })),
  }
}

function timeOf(text = ''): string | null {
  const match = /^(\d{1,2})[:.](\d\d)$/.exec(text)
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return null
  return `${match[1]!.padStart(2, '0')}:${match[2]}`
}

function daysOf(
  { date, weekday, parity = '', from, until }: Row,
  refuse: (code: Refusal['code'], value?: string) => Refusal,
): { days: string[] } | Refusal {
  if (date) return isDay(date) ? { days: [date] } : refuse('day-invalid', date)
  if (!/^[1-7]$/.test(weekday ?? '')) return refuse('weekday-invalid', weekday)
  if (!['', 'all', 'odd', 'even'].includes(parity)) return refuse('parity-invalid', parity)
  if (!isDay(from) || !isDay(until)) return refuse('day-invalid', `${from ?? ''}–${until ?? ''}`)
  const [first, last] = [Date.parse(from), Date.parse(until)]
  if (first > last || last - first > 400 * dayLength) return refuse('span-invalid', `${from}–${until}`)
  const days: string[] = []
  const monday = first - (weekdayOf(first) - 1) * dayLength
  for (
    let day = monday + (Number(weekday) - 1) * dayLength, week = 1;
    day <= last;
    day += 7 * dayLength, week++
  ) {
    const wanted = parity === '' || parity === 'all' || (parity === 'odd') === (week % 2 === 1)
    if (day >= first && wanted) days.push(new Date(day).toISOString().slice(0, 10))
  }
  return { days }
}

const dayLength = 86_400_000
/** 1 Monday to 7 Sunday. */
function weekdayOf(day: number): number {
  return new Date(day).getUTCDay() || 7
}

function isDay(text: string | undefined): text is string {
  if (text === undefined) return false
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false
  const day = new Date(text)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
