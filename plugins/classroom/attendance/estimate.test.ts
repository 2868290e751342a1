import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { believe, mostPeople } from './believable.ts'
import { insideAfter, passedSince } from './counts.ts'
import type { Crossing, MinuteCount } from './counts.ts'
import { estimateLesson, shareOf } from './estimate-lesson.ts'
import { insideOf, roomMinutes } from './room-minutes.ts'
import type { RoomSensor } from './room-minutes.ts'

const rules = { minimumCoverage: 0.5, teacherCounted: false }
const exactly = (...people: (number | null)[]): MinuteCount[] =>
  people.map((one) => (one === null ? null : { people: one, error: 0 }))
const minute = 60_000

describe('the median over a lesson', () => {
  test('is the middle of the minutes, and certain where all were observed', () => {
    expect(estimateLesson(exactly(20, 24, 24, 25, 3), rules)).toEqual({
      coverage: 1,
      people: 24,
      lowest: 24,
      highest: 24,
    })
  })

  test('lies, with minutes missing, between the medians if these had been emptiest and fullest', () => {
    // Ten minutes, two of them not observed: if emptier than all, the median is the mean of ranks 5 and 6 of 0 0 1 2 3 4 5 6 7 8.
    const { coverage, people, lowest, highest } = estimateLesson(
      exactly(1, 2, 3, 4, 5, 6, 7, 8, null, null),
      rules,
    )
    expect([coverage, people, lowest, highest]).toEqual([0.8, 4.5, 3, 6])
  })

  test('is not known, and not 0, where too little was observed', () => {
    expect(estimateLesson(exactly(20, null, null), rules)).toEqual({
      coverage: 1 / 3,
      people: null,
      lowest: null,
      highest: null,
    })
    expect(estimateLesson([], rules)).toMatchObject({ people: null })
    expect(estimateLesson(exactly(null, null), { ...rules, minimumCoverage: 0 })).toMatchObject({
      people: null,
    })
  })

  test('does not count the teacher, nor below nobody', () => {
    const counted = { ...rules, teacherCounted: true }
    expect(estimateLesson(exactly(21, 21, 21), counted)).toMatchObject({
      people: 20,
      lowest: 20,
      highest: 20,
    })
    expect(estimateLesson(exactly(0, 0, 0), counted)).toMatchObject({ people: 0 })
  })

  const lesson = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 10, maxLength: 90 })

  test('of the whole lesson lies in the interval whatever was dropped, and the interval only widens', () => {
    fc.assert(
      fc.property(lesson, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (people, chance) => {
        const whole = estimateLesson(exactly(...people), rules)
        const dropped = people.map((one) => (chance.next().value < 0.3 ? null : one))
        const less = estimateLesson(exactly(...dropped), rules)
        if (less.people === null) return
        expect(less.lowest).toBeLessThanOrEqual(whole.people!)
        expect(less.highest).toBeGreaterThanOrEqual(whole.people!)
        expect(less.highest! - less.lowest!).toBeGreaterThanOrEqual(whole.highest! - whole.lowest!)
        expect(Math.abs(less.people - whole.people!)).toBeLessThanOrEqual(less.highest! - less.lowest!)
      }),
      { numRuns: 1000 },
    )
  })

  test('more people never give less', () => {
    fc.assert(
      fc.property(lesson, fc.integer({ min: 1, max: 50 }), (people, more) => {
        const fewer = estimateLesson(exactly(...people), rules)
        const fuller = estimateLesson(exactly(...people.map((one) => one + more)), rules)
        expect(fuller.people).toBe(fewer.people! + more)
      }),
    )
  })
})

test('the share of those enrolled is at most all of them, and not known without their number', () => {
  const estimate = { coverage: 1, people: 18, lowest: 16, highest: 20 }
  expect(shareOf(estimate, 20)?.share).toBe(0.9)
  expect(shareOf(estimate, 20)?.error).toBeCloseTo(0.05)
  expect(shareOf(estimate, 15)).toMatchObject({ share: 1 })
  expect(shareOf(estimate, null)).toBeNull()
  expect(shareOf({ coverage: 0.2, people: null, lowest: null, highest: null }, 20)).toBeNull()
})

describe('counters at a door', () => {
  test('that fall have started anew: what they show has passed since', () => {
    const totals = [100, 103, 103, 2, 5].map((value, at) => ({ at, value }))
    expect(passedSince(totals).map(({ passed }) => passed)).toEqual([3, 0, 2, 3])
  })

  const passedIn = (totals: number[], everyMs = minute) =>
    passedSince(totals.map((value, index) => ({ at: index * everyMs, value }))).map(({ passed }) => passed)

  test('are not taken to start anew by one reading that is out of order', () => {
    expect(passedIn([100, 106, 105, 107])).toEqual([6, 1])
    expect(passedIn([0, 25, 24, 25, 26])).toEqual([25, 0, 1])
    expect(passedIn([525, 525, 0, 526])).toEqual([0, 1])
    // Two that tell of one room what they counted since different hours, one between the readings of the other.
    expect(passedIn([125, 100, 126, 101, 127, 102, 128])).toEqual([1, 1, 1])
  })

  test('start anew in a lesson that fills, and early in the day', () => {
    expect(passedIn([3, 0, 25, 30])).toEqual([0, 25, 5])
    expect(passedIn([0, 3, 0, 9, 20])).toEqual([3, 0, 9, 11])
  })

  test('are others where more than can have passed is shown: counting starts there', () => {
    expect(passedIn([500, 502, 300, 304], 10_000)).toEqual([2, 0, 4])
  })

  test('are corrected by what is left over at night, in proportion to the crossings', () => {
    // 20 come in and 18 are seen to leave: two were missed among 38 crossings.
    const crossings: Crossing[] = [
      { at: 1, in: 20, out: 0 },
      { at: 2, in: 0, out: 18 },
    ]
    const inside = insideAfter(crossings, true)
    expect(inside[0]!.people).toBeCloseTo(20 - (2 * 20) / 38)
    expect(inside[1]!.people).toBe(0)
    expect(inside[0]!.error).toBeCloseTo(Math.sqrt((4 / 38) * 20 * (18 / 38)))
    expect(inside[1]!.error).toBe(0)
    // Before the day is over nobody knows what will be left over.
    expect(insideAfter(crossings, false)[0]).toMatchObject({ people: 20, error: Math.sqrt(0.02 * 20) })
  })

  test('end every complete day empty and are never below nobody, whatever they missed', () => {
    const crossing = fc.record({ in: fc.integer({ min: 0, max: 30 }), out: fc.integer({ min: 0, max: 30 }) })
    fc.assert(
      fc.property(fc.array(crossing, { minLength: 1, maxLength: 60 }), (all) => {
        const inside = insideAfter(
          all.map((one, at) => ({ at, ...one })),
          true,
        )
        expect(inside.at(-1)!.people).toBeCloseTo(0, 6)
        for (const { people, error } of inside) {
          expect(people).toBeGreaterThanOrEqual(0)
          expect(Number.isFinite(error)).toBe(true)
        }
      }),
    )
  })

  test('a restart in the middle of a lesson changes the people inside by what passed unseen only', () => {
    const sensor = (inTotal: number[], outTotal: number[]): RoomSensor => ({
      intervalSeconds: 60,
      people: [],
      inTotal: inTotal.map((value, at) => ({ at: at * minute, value })),
      outTotal: outTotal.map((value, at) => ({ at: at * minute, value })),
      inPeriod: [],
      outPeriod: [],
    })
    const day = (one: RoomSensor) => ({ sensors: [one], emptyAt: -1, isComplete: false, capacity: null })
    const span = { from: 2 * minute, to: 5 * minute }
    const steady = roomMinutes(
      day(sensor([500, 525, 525, 525, 525, 525], [400, 400, 400, 400, 401, 401])),
      span,
      { countError: 0 },
    )
    const restarted = roomMinutes(day(sensor([500, 525, 525, 0, 0, 0], [400, 400, 400, 0, 1, 1])), span, {
      countError: 0,
    })
    expect(steady.minutes.map((one) => one?.people)).toEqual([25, 25, 24])
    expect(restarted.minutes.map((one) => one?.people)).toEqual([25, 25, 24])
  })
})

describe('more people than can be in a room', () => {
  test('are a few more than there are seats, and none where nobody knows the seats', () => {
    expect([4, 60, null].map(mostPeople)).toEqual([14, 90, 2000])
    expect(believe({ people: 90, error: 2 }, 90)).toEqual({ people: 90, error: 2 })
    expect(believe({ people: 91, error: 2 }, 90)).toBeNull()
    expect(believe({ people: 20, error: 46 }, 90)).toBeNull()
  })

  const door = (inTotal: number[]): RoomSensor => ({
    intervalSeconds: 60,
    people: [],
    inTotal: inTotal.map((value, at) => ({ at: at * minute, value })),
    outTotal: inTotal.map((_, at) => ({ at: at * minute, value: 0 })),
    inPeriod: [],
    outPeriod: [],
  })
  const day = { sensors: [door([0, 40, 90, 100, 100])], emptyAt: -1, isComplete: false, capacity: 60 }
  const span = { from: minute, to: 5 * minute }
  const peopleOf = (isComplete: boolean) =>
    roomMinutes({ ...day, isComplete }, span, { countError: 0 }).minutes.map((one) => one?.people ?? null)

  test('are not known, and nobody is from there on', () => {
    expect(insideOf(day).at(-1)!.count).toBeNull()
    expect(peopleOf(false)).toEqual([40, 90, null, null])
  })

  test('are not made believable by what is left over at night', () => {
    expect(roomMinutes({ ...day, capacity: null }, span, { countError: 0 }).minutes).not.toContain(null)
    const wild = { ...day, sensors: [door([0, 0, 50, 60, 3000, 3010])], isComplete: true }
    expect(roomMinutes(wild, span, { countError: 0 }).minutes).toContain(null)
  })

  test('are not known of cameras either', () => {
    const sensors = [{ ...door([]), people: [0, 1, 2].map((at) => ({ at: at * minute, value: 50 * at })) }]
    const { minutes } = roomMinutes({ ...day, sensors }, { from: 0, to: 3 * minute }, { countError: 0 })
    expect(minutes.map((one) => one?.people ?? null)).toEqual([0, 50, null])
  })
})

describe('minutes of a room', () => {
  const camera = (values: (number | null)[], intervalSeconds = 60): RoomSensor => ({
    intervalSeconds,
    people: values.flatMap((value, at) => (value === null ? [] : [{ at: at * minute, value }])),
    inTotal: [],
    outTotal: [],
    inPeriod: [],
    outPeriod: [],
  })
  const span = { from: 0, to: 4 * minute }

  test('are the sum of what its cameras see, where all of them see', () => {
    const sensors = [camera([5, 6, null, null]), camera([1, 1, 1, 1])]
    const { method, minutes } = roomMinutes({ sensors, emptyAt: 0, isComplete: true, capacity: null }, span, {
      countError: 0.05,
    })
    expect(method).toBe('counts')
    expect(minutes.map((one) => one?.people ?? null)).toEqual([6, 7, null, null])
    expect(minutes[0]?.error).toBeCloseTo(Math.hypot(0.25, 0.05))
  })

  test('hold for one and a half intervals', () => {
    const { minutes } = roomMinutes(
      { sensors: [camera([9, null, null, null], 120)], emptyAt: 0, isComplete: true, capacity: null },
      span,
      { countError: 0 },
    )
    expect(minutes.map((one) => one?.people ?? null)).toEqual([9, 9, 9, null])
  })

  test('are not known where no sensor counts', () => {
    expect(
      roomMinutes({ sensors: [], emptyAt: 0, isComplete: true, capacity: null }, span, { countError: 0 }),
    ).toEqual({
      method: 'none',
      minutes: [null, null, null, null],
    })
  })
})
