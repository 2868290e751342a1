import { poolMethods } from '../methods/pool.ts'
import type { PoolMethod } from '../methods/pool.ts'
import { middle, shares } from './network.ts'
import type { Window } from './windows.ts'

/** What becomes of the networks' quantiles. */
export interface Adjustment {
  /** Share of the networks in the point, 0..1; the rest is the mean of the methods. */
  mix: number
  methods: readonly PoolMethod[]
  /** What the distances to the bounds of the 80 and 95 % intervals are multiplied by. */
  stretch: { inner: number; outer: number }
  /** What no value ever was below; null: there is no such bound. */
  floor: number | null
}
export const unstretched = { inner: 1, outer: 1 }

/**
 * The point drawn towards the classical methods with all quantiles, then the bounds stretched and cut at the floor. Of a series that never moved
 * the point is where it stands: every method says so, and a correction could only spoil it.
 */
export function adjusted(
  quantiles: readonly Float64Array[],
  window: Window,
  { mix, methods, stretch, floor }: Adjustment,
): Float64Array[] {
  const other = meanOfMethods(window, methods, quantiles[middle]!.length)
  const point = quantiles[middle]!.map((value, step) =>
    window.isStill ? window.level : mix * value + (1 - mix) * (window.level + window.scale * other[step]!),
  )
  const inside = Math.min(1, stretch.inner)
  const factors = [stretch.outer, stretch.inner, inside, 1, inside, stretch.inner, stretch.outer]
  return shares.map((_, share) =>
    point.map((value, step) => {
      const bound = value + factors[share]! * (quantiles[share]![step]! - quantiles[middle]![step]!)
      return floor === null ? bound : Math.max(floor, bound)
    }),
  )
}

/** Relative to the last value, in units of the window's scale. */
export function meanOfMethods(
  { forecasts }: Window,
  methods: readonly PoolMethod[],
  horizon: number,
): Float64Array {
  const rows = methods.map((method) => poolMethods.indexOf(method) * horizon)
  return Float64Array.from(
    { length: horizon },
    (_, step) => rows.reduce((sum, row) => sum + forecasts[row + step]!, 0) / rows.length,
  )
}
