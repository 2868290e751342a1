import { normals, seeded } from './random.ts'
import { cutWindow } from './windows.ts'
import type { Window } from './windows.ts'

/** Windows of real series below which these are too few to learn from alone. */
const enough = 300
const longest = 12

/**
 * Windows of invented series for sets that have few: as many as are missing. They are of the processes that the classical methods stand for
 * (values around a level, a walk with drift, a trend that changes, growth by a part), so that the networks know what usually happens and how
 * fast uncertainty grows. Where there are enough real ones none is taken: they know better. Numbers of invented series are negative.
 * Deterministic by seed.
 */
export function inventWindows(real: number, horizon: number, seed: number, shortest: number): Window[] {
  const random = seeded(seed ^ 0x2545f491)
  const normal = normals(random)
  return Array.from({ length: Math.max(0, enough - real) }, (_, index) => {
    const origin = shortest + Math.floor(random() * longest)
    const series = processes[index % processes.length]!(origin + horizon, random, normal)
    return cutWindow(series.subarray(0, origin), series.subarray(origin), horizon, -1 - index)
  })
}

type Process = (length: number, random: () => number, normal: () => number) => Float64Array
const level = 100

const aroundLevel: Process = (length, random, normal) => {
  const [memory, noise] = [0.95 * random(), random()]
  let own = normal()
  return Float64Array.from({ length }, () => {
    own = memory * own + Math.sqrt(1 - memory ** 2) * normal()
    return level + own + noise * normal()
  })
}

const walk: Process = (length, random, normal) => {
  const [drift, noise] = [0.7 * normal(), 0.5 * random()]
  let at = level
  return Float64Array.from({ length }, () => (at += drift + normal()) + noise * normal())
}

const changingTrend: Process = (length, random, normal) => {
  const damping = 0.8 + 0.2 * random()
  let [at, slope] = [level, normal()]
  return Float64Array.from({ length }, () => {
    slope = damping * slope + 0.3 * normal()
    return (at += slope + 0.5 * normal())
  })
}

const growth: Process = (length, random, normal) => {
  const [drift, spread] = [0.05 * normal() + 0.03, 0.02 + 0.1 * random()]
  let at = Math.log(level)
  return Float64Array.from({ length }, () => Math.exp((at += drift + spread * normal())))
}

const processes: readonly Process[] = [aroundLevel, walk, changingTrend, growth]
