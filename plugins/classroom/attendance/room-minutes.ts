import { believe, mostPeople } from './believable.ts'
import { holdsAt, insideAfter, passedSince } from './counts.ts'
import type { Crossing, MinuteCount, Sample } from './counts.ts'

/** Readings of one sensor of a room, each list in the order of time. */
export interface RoomSensor {
  intervalSeconds: number
  people: Sample[]
  inTotal: Sample[]
  outTotal: Sample[]
  inPeriod: Sample[]
  outPeriod: Sample[]
}

export interface RoomDay {
  sensors: readonly RoomSensor[]
  /** ms since 1970: when the room was last known to be empty before the lessons of the day. */
  emptyAt: number
  /** Whether the day is over, so that the counters have seen everybody leave. */
  isComplete: boolean
  /** Seats of the room; null: not known. */
  capacity: number | null
}

export interface MinuteRules {
  /** Standard deviation of what a camera counts, as a share of the people. */
  countError: number
}

export type Method = 'counts' | 'counters' | 'none'

const minuteMs = 60_000
/** A reading holds for one and a half of the intervals in which its sensor reports. */
const holdMs = ({ intervalSeconds }: RoomSensor) => intervalSeconds * 1500

/**
 * People in a room, minute by minute. Where sensors count people, their views are taken to be parts of the room and are added; else the
 * counters at its doors are. A minute counts as observed when every sensor of the kind has a reading that holds, and no more people are said to be
 * in the room than can be.
 */
export function roomMinutes(
  day: RoomDay,
  { from, to }: { from: number; to: number },
  rules: MinuteRules,
): { method: Method; minutes: MinuteCount[] } {
  const middles = Array.from(
    { length: Math.max(0, Math.floor((to - from) / minuteMs)) },
    (_, index) => from + (index + 0.5) * minuteMs,
  )
  const most = mostPeople(day.capacity)
  const counting = day.sensors.filter(({ people }) => people.length > 0)
  if (counting.length > 0)
    return { method: 'counts', minutes: middles.map((at) => countedAt(counting, at, { ...rules, most })) }
  const doors = day.sensors.filter((sensor) => marksOf(sensor).length > 0)
  if (doors.length === 0) return { method: 'none', minutes: middles.map(() => null) }
  const inside = insideOf({ ...day, sensors: doors })
  return {
    method: 'counters',
    minutes: middles.map((at) => passedAt(doors, inside, { at, emptyAt: day.emptyAt })),
  }
}

function countedAt(
  sensors: readonly RoomSensor[],
  at: number,
  { countError, most }: MinuteRules & { most: number },
): MinuteCount {
  let [people, variance] = [0, 0]
  for (const sensor of sensors) {
    const sample = holdsAt(sensor.people, at, holdMs(sensor))
    if (!sample) return null
    people += sample.value
    variance += (countError * sample.value) ** 2
  }
  return believe({ people, error: Math.sqrt(variance) }, most)
}

/** Moments at which a counter said something. */
function marksOf({ inTotal, outTotal, inPeriod, outPeriod }: RoomSensor): Sample[] {
  return [...inTotal, ...outTotal, ...inPeriod, ...outPeriod].sort((a, b) => a.at - b.at)
}

/**
 * People in a room after each crossing of its doors. From where the counters say more than can be in the room nobody knows until the night: what
 * they miscounted stays in every sum that follows.
 */
export function insideOf(day: RoomDay): { at: number; count: MinuteCount }[] {
  const most = mostPeople(day.capacity)
  let isWrong = false
  return insideAfter(crossingsOf(day.sensors, day.emptyAt), day.isComplete).map((one) => {
    const count = isWrong ? null : believe(one, most)
    isWrong = count === null
    return { at: one.at, count }
  })
}

function crossingsOf(doors: readonly RoomSensor[], emptyAt: number): Crossing[] {
  return doors
    .flatMap(({ inTotal, outTotal, inPeriod, outPeriod }) => {
      // A counter with totals also says what passed in a period: the same people, not others.
      const into =
        inTotal.length > 0 ? passedSince(inTotal) : inPeriod.map(({ at, value }) => ({ at, passed: value }))
      const out =
        outTotal.length > 0
          ? passedSince(outTotal)
          : outPeriod.map(({ at, value }) => ({ at, passed: value }))
      return [
        ...into.map(({ at, passed }) => ({ at, in: passed, out: 0 })),
        ...out.map(({ at, passed }) => ({ at, in: 0, out: passed })),
      ]
    })
    .filter(({ at }) => at > emptyAt)
    .sort((a, b) => a.at - b.at)
}

function passedAt(
  doors: readonly RoomSensor[],
  inside: readonly { at: number; count: MinuteCount }[],
  { at, emptyAt }: { at: number; emptyAt: number },
): MinuteCount {
  for (const door of doors) if (!holdsAt(marksOf(door), at, holdMs(door))) return null
  const last = holdsAt(
    inside.map((one, index) => ({ at: one.at, value: index })),
    at,
    at - emptyAt,
  )
  const state = last ? inside[last.value] : undefined
  return state ? state.count : { people: 0, error: 0 }
}
