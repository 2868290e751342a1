import { readFileSync } from 'node:fs'
import { cutWindow } from './windows.ts'
import type { Window } from './windows.ts'

/** Windows of which the whole horizon is known, and series that have some, from which on public ones could only spoil what is learned (bench/README.md). */
const enough = { windows: 100, series: 20 }

/**
 * Windows of public yearly series for sets that have few of which the whole horizon is known, none where there are enough: short series say
 * nothing of the late steps, and few series little of what usually happens. Pasts are cut to the usual length of the asking series, so that what
 * is learned of them holds for these. They are numbered behind the asking series.
 */
export function lendWindows(
  own: readonly Window[],
  series: readonly Float64Array[],
  { horizon, shortest }: { horizon: number; shortest: number },
): Window[] {
  const whole = own.filter(({ targets }) => !targets.some(Number.isNaN))
  if (whole.length >= enough.windows && new Set(whole.map((one) => one.series)).size >= enough.series)
    return []
  const usual = Math.max(shortest, medianLength(series))
  return cutPublic({ horizon, shortest, usual }).map((window) => ({
    ...window,
    series: series.length + window.series,
  }))
}

interface Cut {
  horizon: number
  shortest: number
  usual: number
}
/** Cutting takes seconds, and all measures of a university mostly ask for the same. */
let newest: (Cut & { windows: Window[] }) | null = null

function cutPublic(cut: Cut): readonly Window[] {
  const { horizon, shortest, usual } = cut
  if (newest?.horizon === horizon && newest.shortest === shortest && newest.usual === usual)
    return newest.windows
  const windows = readPublic().flatMap((values, index) =>
    Array.from({ length: Math.max(values.length - shortest, 0) }, (_, at) => {
      const origin = shortest + at
      const past = values.slice(Math.max(0, origin - usual), origin)
      return cutWindow(past, values.slice(origin, origin + horizon), horizon, index)
    }),
  )
  newest = { ...cut, windows }
  return windows
}

function medianLength(series: readonly Float64Array[]): number {
  const lengths = series.map(({ length }) => length).sort((a, b) => a - b)
  return lengths[Math.floor(lengths.length / 2)] ?? 0
}

/** Oldest value first; README.md says where they come from. */
function readPublic(): Float64Array[] {
  const text = readFileSync(new URL('public-series.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as number[][]).map((values) => Float64Array.from(values))
}
