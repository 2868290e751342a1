import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findConflicts } from './find-conflicts.ts'
import type { PlacedLesson } from './find-conflicts.ts'
import { readCsv } from './read-csv.ts'
import { readIcalendar } from './read-icalendar.ts'

const zone = 'Asia/Almaty'
const csv = (text: string) => readCsv(Buffer.from(text), zone)
const starts = ({ lessons }: { lessons: readonly { startsAt: Date }[] }) =>
  lessons.map(({ startsAt }) => startsAt.toISOString())

describe('a timetable of lines', () => {
  test('gives a lesson for each week of its parity, the week of its first day being odd', () => {
    const head = 'weekday,parity,from,until,start,end,subject,kind,room,teacher,group,enrolment\n'
    const line = (parity: string) =>
      `3,${parity},2026-09-01,2026-09-30,08:30,09:20,Algebra,lecture,301,T1,M-21,25\n`
    expect(starts(csv(head + line('')))).toEqual(
      ['02', '09', '16', '23', '30'].map((day) => `2026-09-${day}T03:30:00.000Z`),
    )
    expect(starts(csv(head + line('odd')))).toEqual(
      ['02', '16', '30'].map((day) => `2026-09-${day}T03:30:00.000Z`),
    )
    expect(starts(csv(head + line('even')))).toEqual(
      ['09', '23'].map((day) => `2026-09-${day}T03:30:00.000Z`),
    )
    expect(csv(head + line('')).lessons[0]).toMatchObject({
      room: '301',
      teacher: 'T1',
      group: 'M-21',
      enrolment: 25,
      kind: 'lecture',
    })
  })

  test('is read by local clocks on both sides of the change of 1 March 2024', () => {
    const text = 'date;start;end;subject\n2024-02-29;08:30;09:20;Algebra\n2024-03-01;08:30;09:20;Algebra\n'
    expect(starts(csv(text))).toEqual(['2024-02-29T02:30:00.000Z', '2024-03-01T03:30:00.000Z'])
  })

  test.each([
    ['subject-missing', '2026-09-01,08:30,09:20,,'],
    ['day-invalid', '2026-02-30,08:30,09:20,Algebra,'],
    ['time-invalid', '2026-09-01,09:20,08:30,Algebra,'],
    ['kind-unknown', '2026-09-01,08:30,09:20,Algebra,party'],
  ])('refuses a line with %s and takes the others', (code, line) => {
    const { lessons, refused } = csv(
      `date,start,end,subject,kind\n${line}\n2026-09-02,08:30,09:20,Physics,lecture\n`,
    )
    expect(refused.map((one) => [one.place, one.code])).toEqual([[2, code]])
    expect(lessons.map(({ subject }) => subject)).toEqual(['Physics'])
  })

  test('names the columns that are missing', () => {
    expect(csv('start,end\n1,2\n').refused[0]).toMatchObject({
      code: 'columns-missing',
      params: { names: 'subject' },
    })
  })
})

const calendar = (...events: string[]) =>
  Buffer.from(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//test//EN',
      ...events.flatMap((event) => ['BEGIN:VEVENT', ...event.trim().split(/\n\s*/), 'END:VEVENT']),
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  )
const span = { from: new Date('2024-01-01T00:00:00Z'), until: new Date('2027-01-01T00:00:00Z') }
const weekly = `
  UID:a1
  DTSTAMP:20260801T000000Z
  SUMMARY:Algebra
  LOCATION:301
  DESCRIPTION:teacher: T1\\ngroup: M-21\\nkind: lecture\\nenrolment: 25
  DTSTART;TZID=Asia/Almaty:20260902T083000
  DTEND;TZID=Asia/Almaty:20260902T092000`

describe('a calendar', () => {
  test('repeats, leaves out exceptions, moves and cancels occurrences', () => {
    const moved = `
      UID:a1
      DTSTAMP:20260801T000000Z
      SUMMARY:Algebra
      LOCATION:302
      RECURRENCE-ID;TZID=Asia/Almaty:20260916T083000
      DTSTART;TZID=Asia/Almaty:20260917T103000
      DTEND;TZID=Asia/Almaty:20260917T112000`
    const { lessons, refused } = readIcalendar(
      calendar(`${weekly}\n  RRULE:FREQ=WEEKLY;COUNT=5\n  EXDATE;TZID=Asia/Almaty:20260909T083000`, moved),
      span,
    )
    expect(refused).toEqual([])
    expect(
      lessons.map(({ startsAt, room, teacher, group, enrolment, kind }) => [
        startsAt.toISOString(),
        room,
        teacher,
        group,
        enrolment,
        kind,
      ]),
    ).toEqual([
      ['2026-09-02T03:30:00.000Z', '301', 'T1', 'M-21', 25, 'lecture'],
      ['2026-09-17T05:30:00.000Z', '302', 'T1', 'M-21', 25, 'lecture'],
      ['2026-09-23T03:30:00.000Z', '301', 'T1', 'M-21', 25, 'lecture'],
      ['2026-09-30T03:30:00.000Z', '301', 'T1', 'M-21', 25, 'lecture'],
    ])
    expect(lessons[1]?.key).toBe('a1|2026-09-16T03:30:00.000Z')
  })

  test('alternates weeks', () => {
    expect(
      starts(readIcalendar(calendar(`${weekly}\n  RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3`), span)),
    ).toEqual(['2026-09-02', '2026-09-16', '2026-09-30'].map((day) => `${day}T03:30:00.000Z`))
  })

  test('keeps local time over the change of 1 March 2024', () => {
    const event = `
      UID:b
      DTSTAMP:20240101T000000Z
      SUMMARY:Algebra
      DTSTART;TZID=Asia/Almaty:20240228T083000
      DTEND;TZID=Asia/Almaty:20240228T092000
      RRULE:FREQ=DAILY;COUNT=3`
    expect(starts(readIcalendar(calendar(event), span))).toEqual([
      '2024-02-28T02:30:00.000Z',
      '2024-02-29T02:30:00.000Z',
      '2024-03-01T03:30:00.000Z',
    ])
  })

  test('ends an endless rule with the span', () => {
    const { lessons } = readIcalendar(calendar(`${weekly}\n  RRULE:FREQ=WEEKLY`), {
      ...span,
      until: new Date('2026-10-01T00:00:00Z'),
    })
    expect(lessons).toHaveLength(5)
  })

  test('refuses times without a zone, and what is no calendar', () => {
    const floating = weekly.replaceAll(';TZID=Asia/Almaty', '')
    expect(readIcalendar(calendar(floating), span).refused[0]?.code).toBe('zone-unknown')
    expect(readIcalendar(Buffer.from('hello'), span).refused[0]?.code).toBe('calendar-unreadable')
  })
})

describe('conflicts', () => {
  const lesson = (
    key: string,
    from: number,
    to: number,
    fields: Partial<PlacedLesson> = {},
  ): PlacedLesson => ({
    key,
    room: null,
    teacher: null,
    group: null,
    enrolment: null,
    startsAt: new Date(from * 60_000),
    endsAt: new Date(to * 60_000),
    ...fields,
  })

  test('are a room, teacher or group twice at one time; one may end as another begins', () => {
    const found = findConflicts(
      [
        lesson('a', 0, 50, { room: '301', teacher: 'T1', group: 'G1' }),
        lesson('b', 40, 90, { room: '301', teacher: 'T2', group: 'G1' }),
        lesson('c', 90, 140, { room: '301', teacher: 'T2', group: 'G1' }),
      ],
      new Map(),
    )
    expect(found.map(({ kind, about, keys }) => [kind, about, ...keys])).toEqual([
      ['room', '301', 'a', 'b'],
      ['group', 'G1', 'a', 'b'],
    ])
  })

  test('are no two groups in one lecture, but more students than seats', () => {
    const joint = { room: '301', teacher: 'T1' }
    const found = findConflicts(
      [
        lesson('a', 0, 50, { ...joint, group: 'G1', enrolment: 31 }),
        lesson('b', 0, 50, { ...joint, group: 'G2', enrolment: 12 }),
      ],
      new Map([['301', 30]]),
    )
    expect(found.map(({ kind, keys }) => [kind, ...keys])).toEqual([['capacity', 'a']])
  })

  test('are all pairs that overlap, and no others', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 30 }))
    fc.assert(
      fc.property(fc.array(place, { maxLength: 25 }), (places) => {
        const lessons = places.map(([from, length], index) =>
          lesson(String(index), from, from + length, { room: 'r' }),
        )
        const overlapping = lessons.flatMap((a, i) =>
          lessons.slice(i + 1).filter((b) => a.startsAt < b.endsAt && b.startsAt < a.endsAt),
        ).length
        expect(findConflicts(lessons, new Map())).toHaveLength(overlapping)
      }),
    )
  })
})
