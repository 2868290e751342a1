import { rowsByGroup } from '../composite/groups.ts'
import { prepareOrder } from '../composite/order-rows.ts'
import type { Ordered } from '../composite/order-rows.ts'
import { placeKey } from '../composite/place-key.ts'

/** Most groups of like noise that a league is divided into. */
const maxClasses = 8

/**
 * Ranks of each row against the others as observed, its own total moved by z standard errors of each difference:
 * 1 + how many k of the league have T_k - T_i > z sqrt(n_i^2 + n_k^2). z = 0 gives the places; z = 1.645 the best rank that a
 * 5 % test leaves, -1.645 the worst. Rows of like noise are taken together with the largest of theirs, which never makes
 * a range narrower. Rows in no group, and without a total, get 0.
 */
export type NoisyRanking = (
  totals: Float64Array,
  noise: Float64Array | null,
  z: number,
  ranks: Int32Array,
) => Int32Array

/** `typicalNoise`: by row, for dividing the leagues; null: no row has any. */
export function prepareNoisyRanking(groups: Int32Array, typicalNoise: Float64Array | null): NoisyRanking {
  const leagues = rowsByGroup(groups).map((rows) =>
    divide(rows, typicalNoise).map((members) => ({ members, order: prepareOrder(members) })),
  )
  return (totals, noise, z, ranks) => {
    ranks.fill(0)
    for (const league of leagues) {
      const classes = league.map(({ members, order }) => ({
        ...order(totals),
        noise: noise === null ? 0 : largest(members, noise),
      }))
      for (const own of classes) {
        for (const row of own.rows) ranks[row] = 1
        for (const other of classes)
          addHigher(own, other, z * Math.sqrt(own.noise ** 2 + other.noise ** 2), ranks)
      }
    }
    return ranks
  }
}

/** Adds to the rank of each of `own` how many of `others` lie more than `error` above it; a row itself does not count. */
function addHigher(own: Ordered, others: Ordered, error: number, ranks: Int32Array): void {
  const distance = placeKey(error)
  const isItself = own.rows === others.rows && distance < 0 ? 1 : 0
  let below = 0
  for (let index = 0; index < own.rows.length; index++) {
    const limit = own.keys[index]! + distance
    while (below < others.keys.length && others.keys[below]! <= limit) below++
    ranks[own.rows[index]!]! += others.keys.length - below - isItself
  }
}

function largest(members: Int32Array, noise: Float64Array): number {
  let found = 0
  for (const row of members) if (noise[row]! > found) found = noise[row]!
  return found
}

/** A league by noise: rows with the same together, or, where there are too many kinds, in runs of rising noise beside the exact. */
function divide(rows: Int32Array, noise: Float64Array | null): Int32Array[] {
  if (noise === null) return [rows]
  const kinds = new Set(Array.from(rows, (row) => noise[row]!))
  if (kinds.size <= maxClasses) return Array.from(kinds, (kind) => rows.filter((row) => noise[row] === kind))
  const exact = rows.filter((row) => noise[row] === 0)
  const noisy = rows.filter((row) => noise[row] !== 0).sort((a, b) => noise[a]! - noise[b]!)
  const start = (run: number) => Math.floor((run * noisy.length) / (maxClasses - 1))
  const runs = Array.from({ length: maxClasses - 1 }, (_, run) => noisy.subarray(start(run), start(run + 1)))
  return [exact, ...runs].filter((members) => members.length > 0)
}
