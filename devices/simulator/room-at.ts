/** A lesson as far as a room feels it, ms since 1970. */
export interface SimulatedLesson {
  startsAt: number
  endsAt: number
  /** How many come. */
  students: number
}
export interface SimulatedRoom {
  /** Same seed, same room. */
  seed: number
  /** Cubic metres of air. */
  volume: number
  /** In the order of time; they do not overlap. */
  lessons: readonly SimulatedLesson[]
}
export interface RoomState {
  people: number
  inTotal: number
  outTotal: number
  temperature: number
  co2: number
  humidity: number
}

const minuteMs = 60_000
/** Minutes in which people come before and after the beginning, and leave at the end. */
const arriving = { before: 6, after: 8 }
const leaving = 4
/** Outdoor air, ppm; litres of CO2 that somebody seated breathes out in an hour; air changes of a classroom in an hour. */
const air = { outdoor: 420, litresPerHour: 18, changesPerHour: 1.5 }

/** People of a lesson in the room at a moment, the teacher included: they come one by one, and go at the end. */
function insideOf({ startsAt, endsAt, students }: SimulatedLesson, at: number): number {
  const comes =
    (at - (startsAt - arriving.before * minuteMs)) / ((arriving.before + arriving.after) * minuteMs)
  const goes = (at - endsAt) / (leaving * minuteMs)
  const share = Math.max(0, Math.min(1, comes)) - Math.max(0, Math.min(1, goes))
  return Math.round((students + 1) * Math.max(0, share))
}

function cameBy({ startsAt, students }: SimulatedLesson, at: number): number {
  const comes =
    (at - (startsAt - arriving.before * minuteMs)) / ((arriving.before + arriving.after) * minuteMs)
  return Math.round((students + 1) * Math.max(0, Math.min(1, comes)))
}

/** People who came and went before a moment, since the first lesson. */
function crossedBy({ lessons }: SimulatedRoom, at: number): { into: number; out: number } {
  const into = lessons.reduce((sum, lesson) => sum + cameBy(lesson, at), 0)
  return { into, out: into - lessons.reduce((sum, lesson) => sum + insideOf(lesson, at), 0) }
}

/**
 * What a room is like at a moment; the counter at its door counts from 0 since `startedAt` (absent: since the first lesson). CO2 follows the balance of a well-mixed room: what is breathed out in, what the air changes take away (after
 * an hour of n people it nears outdoor air + n G / (V a)); it is summed in steps of five minutes over the four hours before. Pure.
 */
export function roomAt(room: SimulatedRoom, at: number, startedAt?: number): RoomState {
  const { seed, volume, lessons } = room
  const crossed = crossedBy(room, at)
  const before = startedAt === undefined ? { into: 0, out: 0 } : crossedBy(room, startedAt)
  const step = 5 * minuteMs
  const decay = Math.exp((-air.changesPerHour * step) / 3_600_000)
  const gain = (air.litresPerHour * 1000) / volume / air.changesPerHour
  let excess = 0
  for (let then = at - 4 * 3_600_000; then <= at; then += step) {
    const inside = lessons.reduce((sum, lesson) => sum + insideOf(lesson, then), 0)
    excess = excess * decay + inside * gain * (1 - decay)
  }
  const wobble = Math.sin(at / 600_000 + seed) * 0.3
  return {
    people: crossed.into - crossed.out,
    inTotal: crossed.into - before.into,
    outTotal: crossed.out - before.out,
    temperature: Number((19 + (seed % 5) * 0.8 + excess / 400 + wobble).toFixed(2)),
    co2: Math.round(air.outdoor + excess + (seed % 7) * 5 + wobble * 20),
    humidity: Number((38 + (seed % 6) + excess / 150 + wobble).toFixed(1)),
  }
}
