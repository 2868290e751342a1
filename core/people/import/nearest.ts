/**
 * The candidate nearest to a mistyped text: fewest letters added, left out, exchanged or swapped with their neighbour (optimal string
 * alignment), at most one for each three letters; case is not counted. null: none is that near.
 */
export function findNearest(text: string, candidates: Iterable<string>): string | null {
  const wanted = text.toLowerCase()
  let best: string | null = null
  let bound = Math.max(1, Math.floor(wanted.length / 3))
  for (const candidate of candidates) {
    const steps = countSteps(wanted, candidate.toLowerCase(), bound)
    if (steps === null) continue
    best = candidate
    if (steps === 0) return best
    bound = steps - 1
    if (bound < 0) return best
  }
  return best
}

/** Steps from one text to the other; null: more than `bound`. */
export function countSteps(a: string, b: string, bound: number): number | null {
  if (Math.abs(a.length - b.length) > bound) return null
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = nextRow(a, b, i, above, before)
    if (Math.min(...row) > bound) return null
    before = above
    above = row
  }
  const steps = above[b.length]!
  return steps <= bound ? steps : null
}

function nextRow(
  a: string,
  b: string,
  i: number,
  above: readonly number[],
  before: readonly number[],
): number[] {
  const row = [i]
  for (let j = 1; j <= b.length; j++) {
    const same = a[i - 1] === b[j - 1] ? 0 : 1
    let steps = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same)
    const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
    if (isSwap) steps = Math.min(steps, before[j - 2]! + 1)
    row.push(steps)
  }
  return row
}
