/** Ranks of every row in every replication that succeeded, row after row. */
export interface RankStore {
  ranks: Uint32Array
  rows: number
  /** Replications that a row has room for. */
  capacity: number
  /** Replications written. */
  used: number
}

export interface RankInterval {
  lower: number
  upper: number
  median: number
}

const tailShare = 0.05

export function openRankStore(rows: number, capacity: number): RankStore {
  return { ranks: new Uint32Array(rows * capacity), rows, capacity, used: 0 }
}

export function storeRanks(store: RankStore, ranks: Int32Array): void {
  for (let row = 0; row < store.rows; row++) store.ranks[row * store.capacity + store.used] = ranks[row]!
  store.used++
}

/**
 * The 90 % interval of a row: at most 5 % of the replications lie below and at most 5 % above it; both ends inclusive, and drawn
 * out to the official place where that lies outside. The median is the lower of the two in the middle. Sorts the row in place.
 */
export function intervalOf(store: RankStore, row: number, place: number): RankInterval {
  const start = row * store.capacity
  const sorted = store.ranks.subarray(start, start + store.used).sort()
  const cut = Math.floor(tailShare * store.used)
  return {
    lower: Math.min(place, sorted[cut]!),
    upper: Math.max(place, sorted[store.used - 1 - cut]!),
    median: sorted[(store.used - 1) >> 1]!,
  }
}
