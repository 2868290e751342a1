/** Smaller is taken as 0. */
const tiny = 1e-11

export interface LinearProgram {
  /** Minimised: cost · x, for x >= 0. */
  cost: readonly number[]
  /** rows · x <= limits */
  rows: readonly (readonly number[])[]
  limits: readonly number[]
  /** equal · x = 1 */
  equal: readonly number[]
  /** A variable that keeps all of this when it alone is not 0: there the search begins. */
  start: number
}

/**
 * Minimum of a small linear program by the simplex method (Dantzig 1951) with Bland's rule (1977), which cannot cycle.
 * Dense, for a few dozen variables. Returns x.
 */
export function minimise(program: LinearProgram): number[] {
  const { table, basis } = firstTable(program)
  const pivot = (row: number, column: number) => {
    turn(table, row, column)
    basis[row] = column
  }
  pivot(table.length - 2, program.start)
  for (;;) {
    const column = table.at(-1)!.findIndex((value, index) => index < table[0]!.length - 1 && value < -tiny)
    if (column === -1) break
    const row = leavingRow(table, basis, column)
    if (row === -1) throw new Error('The linear program has no minimum')
    pivot(row, column)
  }
  return program.cost.map((_, variable) =>
    basis.includes(variable) ? table[basis.indexOf(variable)]!.at(-1)! : 0,
  )
}

/** Rows of the limits with a slack variable each, the equation, and last the reduced costs; the right side is the last column. */
function firstTable({ cost, rows, limits, equal }: LinearProgram) {
  const slack = (own: number) => rows.map((_, index) => (index === own ? 1 : 0))
  const table = [
    ...rows.map((row, index) => [...row, ...slack(index), limits[index]!]),
    [...equal, ...slack(-1), 1],
    [...cost, ...slack(-1), 0],
  ]
  return { table, basis: [...rows.map((_, index) => cost.length + index), -1] }
}

function turn(table: number[][], row: number, column: number): void {
  const factor = table[row]![column]!
  table[row] = table[row]!.map((value) => value / factor)
  for (const [index, line] of table.entries()) {
    const times = line[column]!
    if (index !== row && times !== 0)
      table[index] = line.map((value, place) => value - times * table[row]![place]!)
  }
}

/** The row that limits the entering variable most; of equals the one whose variable comes first (Bland). */
function leavingRow(table: readonly number[][], basis: readonly number[], column: number): number {
  let best = -1
  let least = Infinity
  for (let row = 0; row < basis.length; row++) {
    if (table[row]![column]! <= tiny) continue
    const ratio = table[row]!.at(-1)! / table[row]![column]!
    const same = best !== -1 && Math.abs(ratio - least) <= tiny
    if (same ? basis[row]! < basis[best]! : ratio < least) [best, least] = [row, ratio]
  }
  return best
}
