/**
 * Ranks from the smallest value up, 1..; equal values get the mean of the ranks they take together (mid-ranks).
 */
export function midRanks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
  const ranks = new Array<number>(values.length)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++
    for (let at = from; at <= to; at++) ranks[order[at]!] = (from + to) / 2 + 1
    from = to + 1
  }
  return ranks
}

/**
 * Spearman's rank correlation, -1..1: Pearson's correlation of the mid-ranks (Spearman 1904; Kendall 1948 on ties). null: fewer than two
 * pairs, or one side knows no order.
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  const [a, b] = [midRanks(x), midRanks(y)]
  const mean = (x.length + 1) / 2
  let [products, squaresA, squaresB] = [0, 0, 0]
  for (const [at, rank] of a.entries()) {
    const [da, db] = [rank - mean, b[at]! - mean]
    products += da * db
    squaresA += da * da
    squaresB += db * db
  }
  return squaresA === 0 || squaresB === 0 ? null : products / Math.sqrt(squaresA * squaresB)
}

/**
 * Kendall's tau-b, -1..1: pairs in the same order less pairs in opposite order, over the geometric mean of the pairs that either side
 * orders (Kendall 1945). Counted by sorting in n log n (Knight 1966). null: one side knows no order.
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): number | null {
  const order = [...x.keys()].sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!)
  const pairs = choose2(x.length)
  const tiedX = tiedPairs(x.map(String))
  const tiedY = tiedPairs(y.map(String))
  const tiedBoth = tiedPairs(x.map((value, at) => `${value} ${y[at]!}`))
  const discordant = inversions(order.map((at) => y[at]!)).count
  const concordant = pairs - tiedX - tiedY + tiedBoth - discordant
  const ordered = (pairs - tiedX) * (pairs - tiedY)
  return ordered === 0 ? null : (concordant - discordant) / Math.sqrt(ordered)
}

const choose2 = (count: number) => (count * (count - 1)) / 2

function tiedPairs(values: readonly string[]): number {
  const counts = Map.groupBy(values, (value) => value).values()
  return [...counts].reduce((sum, { length }) => sum + choose2(length), 0)
}

/** How many pairs stand in falling order, with the values sorted. */
function inversions(values: readonly number[]): { count: number; sorted: readonly number[] } {
  if (values.length < 2) return { count: 0, sorted: values }
  const middle = values.length >> 1
  const left = inversions(values.slice(0, middle))
  const right = inversions(values.slice(middle))
  const sorted: number[] = []
  let count = left.count + right.count
  let at = 0
  for (const value of right.sorted) {
    while (at < left.sorted.length && left.sorted[at]! <= value) sorted.push(left.sorted[at++]!)
    count += left.sorted.length - at
    sorted.push(value)
  }
  return { count, sorted: [...sorted, ...left.sorted.slice(at)] }
}
