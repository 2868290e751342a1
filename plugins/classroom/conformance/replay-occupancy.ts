import { estimateLesson } from '../attendance/estimate-lesson.ts'
import type { LessonEstimate } from '../attendance/estimate-lesson.ts'
import { roomMinutes } from '../attendance/room-minutes.ts'
import type { RoomSensor } from '../attendance/room-minutes.ts'

/** A day of a room, minute by minute from midnight: how many people are there. */
export type RoomTruth = readonly number[]

export interface ReplayFaults {
  /** Share of the messages that are dropped. */
  dropped: number
  /** Share of the people through the door whom the counter does not see. */
  missed: number
  /** Uniform from 0 to below 1; the same sequence gives the same replay. */
  random(): number
}
export interface ReplayedLesson {
  /** Median of the people who were there. */
  truth: number
  estimate: LessonEstimate
}

const minuteMs = 60_000
const lessonMinutes = 50
/** First and last hour (exclusive) of the lessons. */
const hours = { from: 8, to: 18 }

/**
 * Days of one desk as a room: each day is one person, who is there in the minutes in which the desk was occupied. Answers the people in the
 * room by minute.
 */
export function roomOfDays(days: readonly (readonly boolean[])[]): RoomTruth {
  const length = Math.min(...days.map((day) => day.length))
  return Array.from({ length }, (_, minute) => days.filter((day) => day[minute]).length)
}

/** What a counter at the door, or a camera that counts, makes of a day, and what the product makes of that: a lesson for each hour. */
export function replayDay(
  truth: RoomTruth,
  sensor: 'door' | 'camera',
  faults: ReplayFaults,
): ReplayedLesson[] {
  const said = sensor === 'door' ? doorOf(truth, faults) : cameraOf(truth, faults)
  const day = { sensors: [said], emptyAt: -1, isComplete: true, capacity: null }
  const lessons: ReplayedLesson[] = []
  for (let hour = hours.from; hour < hours.to; hour++) {
    const from = hour * 60
    const { minutes } = roomMinutes(
      day,
      { from: from * minuteMs, to: (from + lessonMinutes) * minuteMs },
      { countError: 0 },
    )
    const estimate = estimateLesson(minutes, { minimumCoverage: 0.5, teacherCounted: false })
    lessons.push({ truth: medianOf(truth.slice(from, from + lessonMinutes)), estimate })
  }
  return lessons
}

const empty = (): RoomSensor => ({
  intervalSeconds: 60,
  people: [],
  inTotal: [],
  outTotal: [],
  inPeriod: [],
  outPeriod: [],
})

function cameraOf(truth: RoomTruth, { dropped, random }: ReplayFaults): RoomSensor {
  const sensor = empty()
  for (const [minute, value] of truth.entries())
    if (random() >= dropped) sensor.people.push({ at: minute * minuteMs, value })
  return sensor
}

/** Totals that count up; a message that is dropped is made good by the next. */
function doorOf(truth: RoomTruth, { dropped, missed, random }: ReplayFaults): RoomSensor {
  const sensor = empty()
  const seen = (people: number) =>
    Array.from({ length: people }, random).filter((chance) => chance >= missed).length
  let [into, out] = [0, 0]
  sensor.inTotal.push({ at: -1, value: 0 })
  sensor.outTotal.push({ at: -1, value: 0 })
  for (const [minute, people] of truth.entries()) {
    const change = people - (truth[minute - 1] ?? 0)
    into += seen(Math.max(0, change))
    out += seen(Math.max(0, -change))
    if (random() < dropped) continue
    sensor.inTotal.push({ at: minute * minuteMs, value: into })
    sensor.outTotal.push({ at: minute * minuteMs, value: out })
  }
  return sensor
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const last = sorted.length - 1
  return (sorted[Math.floor(last / 2)]! + sorted[Math.ceil(last / 2)]!) / 2
}
