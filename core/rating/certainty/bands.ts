import { placeKey } from '../composite/place-key.ts'

/** Totals of every row in the first replications that succeeded, row after row. */
export interface TotalStore {
  totals: Float64Array
  /** Standard deviation of each; null: nothing is noisy. */
  noise: Float64Array | null
  /** How far errors go in each replication, in standard errors. */
  z: Float64Array
  rows: number
  capacity: number
  used: number
}

const establishedShare = 0.95
/** Numbers kept at most: 48 MB, twice that where there is noise. */
const maxNumbers = 6_000_000

export function openTotalStore(rows: number, replications: number, isNoisy: boolean): TotalStore {
  const capacity = Math.min(replications, 500, Math.max(100, Math.floor(maxNumbers / Math.max(rows, 1))))
  const noise = isNoisy ? new Float64Array(rows * capacity) : null
  return {
    totals: new Float64Array(rows * capacity),
    noise,
    z: new Float64Array(capacity),
    rows,
    capacity,
    used: 0,
  }
}

export function storeTotals(
  store: TotalStore,
  found: { totals: Float64Array; noise: Float64Array | null },
  z: number,
): void {
  if (store.used === store.capacity) return
  for (let row = 0; row < store.rows; row++) {
    const at = row * store.capacity + store.used
    store.totals[at] = found.totals[row]!
    if (store.noise && found.noise) store.noise[at] = found.noise[row]!
  }
  store.z[store.used++] = z
}

/**
 * Whether row a stands above row b whatever is chosen: in at least 95 % of the replications its total is higher by more than z standard
 * errors of the difference. With exact points and fixed choices: whenever its total is higher; with noise alone: by a one-sided test at 5 %.
 */
export function isEstablished(store: TotalStore, a: number, b: number): boolean {
  const { totals, noise, z, capacity, used } = store
  const allowed = Math.floor(used * (1 - establishedShare) + 1e-9)
  let against = 0
  for (let replication = 0; replication < used; replication++) {
    const [atA, atB] = [a * capacity + replication, b * capacity + replication]
    const error = noise === null ? 0 : z[replication]! * Math.hypot(noise[atA]!, noise[atB]!)
    if (!(placeKey(totals[atA]! - error) > placeKey(totals[atB]!)) && ++against > allowed) return false
  }
  return true
}

/**
 * Bands of one league, 1 = the first: going down the places, a teacher begins a new band when anybody of the current one is
 * established to stand above; whoever shares a place shares the band. Within a band no order is established.
 * `rows` in the order of `places`. Answers the band of each.
 */
export function bandsOf(store: TotalStore, rows: Int32Array, places: Int32Array): Int32Array {
  const bands = new Int32Array(rows.length)
  let first = 0
  rows.forEach((row, index) => {
    if (index === 0) bands[0] = 1
    else if (places[row] === places[rows[index - 1]!]) bands[index] = bands[index - 1]!
    else {
      const isBelow = rows.subarray(first, index).some((member) => isEstablished(store, member, row))
      bands[index] = bands[index - 1]! + (isBelow ? 1 : 0)
      if (isBelow) first = index
    }
  })
  return bands
}
