import { seeded, shuffled } from './random.ts'

/** Of a set with more windows a part of the series is learned from: the others say nothing new, and would take the longer. */
const mostWindows = 24_000

/** Indexes of the series that are learned from, in order: all, or as many by chance as have the most windows that are taken. */
export function choosePart(series: readonly Float64Array[], seed: number, shortest: number): number[] {
  let count = 0
  return Array.from(shuffled(series.length, seeded(seed)))
    .filter((index) => {
      count += Math.max(0, series[index]!.length - shortest)
      return count <= mostWindows
    })
    .sort((a, b) => a - b)
}
