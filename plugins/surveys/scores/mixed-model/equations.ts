import type { Observations } from './observations.ts'

/**
 * Henderson's mixed model equations (Robinson 1991, Statistical Science 6(1), 15-32, eq. 1.2) before they are scaled: how many answers each two
 * unknowns have in common. Unknowns are the levels of the factors in their order and, last, the mean. The first `early` unknowns are sparse: they
 * are eliminated one after the other (Davis 2006, Direct Methods for Sparse Linear Systems, chapter 4); the others, which are few, are dense.
 */
export interface Equations {
  observations: Observations
  /** First unknown of each factor. */
  starts: number[]
  /** All unknowns. */
  size: number
  early: number
  /** Factor of each unknown but the mean. */
  factorOf: Uint8Array
  /** Answers of each early unknown. */
  diagonal: Float64Array
  /** Where the later unknowns of each early one begin in `columns`; one more at the end. */
  rows: Int32Array
  /** Later unknowns, ascending, that share answers with an early one, or come to do so when it is eliminated. */
  columns: Int32Array
  /** Answers shared, for each of `columns`. */
  shared: Float64Array
  /** Answers shared by each two late unknowns, lower triangle. */
  late: Float64Array
}

/** `earlyFactors`: how many of the first factors are eliminated sparsely. */
export function setUpEquations(observations: Observations, earlyFactors: number): Equations {
  const { factors } = observations
  const starts: number[] = []
  let size = 0
  for (const { levels } of factors) {
    starts.push(size)
    size += levels
  }
  const early = starts[earlyFactors] ?? size
  const factorOf = new Uint8Array(size)
  starts.forEach((start, factor) => factorOf.fill(factor, start, start + factors[factor]!.levels))
  return {
    observations,
    starts,
    size: size + 1,
    early,
    factorOf,
    ...countShared(observations, starts, size + 1, early),
  }
}

function countShared({ counts, factors }: Observations, starts: number[], size: number, early: number) {
  const lateSize = size - early
  const diagonal = new Float64Array(early)
  const sparse = Array.from({ length: early }, () => new Map<number, number>())
  const late = new Float64Array(lateSize * lateSize)
  counts.forEach((count, cell) => {
    const unknowns = factors.flatMap(({ of }, factor) => (of[cell]! < 0 ? [] : starts[factor]! + of[cell]!))
    unknowns.push(size - 1)
    unknowns.forEach((unknown, index) => {
      if (unknown < early) diagonal[unknown]! += count
      else late[(unknown - early) * (lateSize + 1)]! += count
      for (const later of unknowns.slice(index + 1)) {
        if (unknown < early) add(sparse[unknown]!, later, count)
        else late[(later - early) * lateSize + unknown - early]! += count
      }
    })
  })
  return { diagonal, late, ...toRows(sparse) }
}

/** What an eliminated unknown is tied to becomes tied to the first of it: the elimination tree passes ties on. */
function toRows(sparse: Map<number, number>[]): Pick<Equations, 'rows' | 'columns' | 'shared'> {
  const rows = new Int32Array(sparse.length + 1)
  const columns: number[] = []
  const shared: number[] = []
  sparse.forEach((ties, unknown) => {
    const sorted = [...ties].sort(([a], [b]) => a - b)
    for (const [column, count] of sorted) {
      columns.push(column)
      shared.push(count)
    }
    const heir = sparse[sorted[0]?.[0] ?? sparse.length]
    if (heir) for (const [column] of sorted.slice(1)) add(heir, column, 0)
    rows[unknown + 1] = columns.length
  })
  return { rows, columns: Int32Array.from(columns), shared: Float64Array.from(shared) }
}

function add(ties: Map<number, number>, unknown: number, count: number): void {
  ties.set(unknown, (ties.get(unknown) ?? 0) + count)
}
