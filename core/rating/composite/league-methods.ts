import type { Aggregation } from '../../contract/regulation/composite.ts'
import { placeKey } from './place-key.ts'
import { countBelow } from './statistics.ts'

/** Teachers of one league who have every area that counts. */
export interface League {
  rows: Int32Array
  columns: number
  values: Float64Array
  /** By area. */
  weights: Float64Array
}

/** Totals of one league from the order of its teachers in each area; values are equal at 9 decimals. */
export type LeagueMethod = (league: League, totals: Float64Array) => void

type LeagueSpec = Extract<Aggregation, { method: 'borda' | 'copeland' | 'lexicographic' }>

export function leagueMethod(spec: LeagueSpec, areas: readonly string[]): LeagueMethod {
  switch (spec.method) {
    case 'borda':
      return borda
    case 'copeland':
      return copeland
    case 'lexicographic': {
      const order = spec.order.map((area) => areas.indexOf(area)).filter((column) => column >= 0)
      return (league, totals) => lexicographic(league, order, totals)
    }
  }
}

/**
 * Borda 1781: in each area one vote for each teacher of the league who stands below and half a vote for each who is equal;
 * total = sum of weight x votes.
 */
function borda({ rows, columns, values, weights }: League, totals: Float64Array): void {
  for (const row of rows) totals[row] = 0
  for (let column = 0; column < columns; column++) {
    if (weights[column] === 0) continue
    const keys = Float64Array.from(rows, (row) => placeKey(values[row * columns + column]!))
    const sorted = keys.toSorted()
    rows.forEach((row, index) => {
      const below = countBelow(sorted, keys[index]!)
      const equal = countBelow(sorted, keys[index]!, true) - below - 1
      totals[row]! += weights[column]! * (below + equal / 2)
    })
  }
}

/**
 * Copeland 1951: a teacher beats another who is lower in areas of more weight than those in which that one is lower;
 * total = beaten - beaten by. Time grows with the square of the league.
 */
function copeland({ rows, columns, values, weights }: League, totals: Float64Array): void {
  const keys = Array.from({ length: columns }, (_, column) =>
    Float64Array.from(rows, (row) => placeKey(values[row * columns + column]!)),
  )
  const margin = (a: number, b: number): number =>
    keys.reduce(
      (sum, key, column) =>
        weights[column] === 0 ? sum : sum + weights[column]! * Math.sign(key[a]! - key[b]!),
      0,
    )
  for (const row of rows) totals[row] = 0
  for (let a = 0; a < rows.length; a++) {
    for (let b = a + 1; b < rows.length; b++) {
      const won = Math.sign(placeKey(margin(a, b)))
      totals[rows[a]!]! += won
      totals[rows[b]!]! -= won
    }
  }
}

/** Total = how many of the league stand below when areas are compared one after the other: a key for ranking, not points. */
function lexicographic(
  { rows, columns, values }: League,
  order: readonly number[],
  totals: Float64Array,
): void {
  const keyOf = (row: number, column: number) => placeKey(values[row * columns + column]!)
  const compare = (a: number, b: number): number => {
    for (const column of order) {
      const difference = keyOf(a, column) - keyOf(b, column)
      if (difference !== 0) return difference
    }
    return 0
  }
  const sorted = rows.toSorted(compare)
  sorted.forEach((row, index) => {
    const before = sorted[index - 1]
    totals[row] = before !== undefined && compare(before, row) === 0 ? totals[before]! : index
  })
}
