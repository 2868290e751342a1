import type { Area, Pair } from '../contract.ts'

/** One place on Saaty's scale between two areas: `times` 1 has none that is more important. */
export interface Step {
  more: 'first' | 'second' | null
  times: number
}

/** From the first area extremely more important over equally to the second: 17 steps. */
export const steps: readonly Step[] = [
  ...[9, 8, 7, 6, 5, 4, 3, 2].map((times) => ({ more: 'first' as const, times })),
  { more: null, times: 1 },
  ...[2, 3, 4, 5, 6, 7, 8, 9].map((times) => ({ more: 'second' as const, times })),
]

/** Two areas to compare, in the order of the regulation. */
export type Couple = readonly [Area, Area]

/**
 * Every two areas, so that the areas compared with each other grow one by one: 1-2, 1-3, 2-3, 1-4, ... Their consistency can then be
 * told after the first three.
 */
export function couplesOf(areas: readonly Area[]): Couple[] {
  return areas.flatMap((second, index) => areas.slice(0, index).map((first): Couple => [first, second]))
}

export const isOf = ([a, b]: Couple, { area, over }: Pair): boolean =>
  (a.id === area && b.id === over) || (a.id === over && b.id === area)

export function pairOfStep([a, b]: Couple, { more, times }: Step): Pair {
  return more === 'second' ? { area: b.id, over: a.id, times } : { area: a.id, over: b.id, times }
}

/** Where a comparison of this couple stands on the scale; null: it is not given. */
export function stepOf(couple: Couple, pairs: readonly Pair[]): Step | null {
  const pair = pairs.find((one) => isOf(couple, one))
  if (!pair) return null
  if (pair.times === 1) return { more: null, times: 1 }
  return { more: pair.area === couple[0].id ? 'first' : 'second', times: pair.times }
}

/** The comparisons with this one in place of that of the same areas; null takes it away. */
export function withPair(pairs: readonly Pair[], couple: Couple, pair: Pair | null): Pair[] {
  const others = pairs.filter((one) => !isOf(couple, one))
  return pair === null ? others : [...others, pair]
}
