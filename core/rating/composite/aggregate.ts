import { UstazError } from '../../contract/problem.ts'
import type { Aggregation } from '../../contract/regulation/composite.ts'
import type { ScoreMatrix } from '../../plugin/weighting.ts'
import { rowsByGroup } from './groups.ts'
import { leagueMethod } from './league-methods.ts'
import type { LeagueMethod } from './league-methods.ts'
import { rowMethod } from './row-methods.ts'
import type { ObstacleCode, Row, RowMethod } from './row-methods.ts'

/** no-league: compared within leagues, and the teacher is in none. */
export interface Blocked {
  row: number
  column: number | null
  code: ObstacleCode | 'no-league'
}
export interface Aggregated {
  /** NaN: no total. */
  totals: Float64Array
  /** true: totals are keys to rank by (lexicographic), not points. */
  isOrder: boolean
  /** Why a row has no total, one reason a row. */
  blocked: Blocked[]
}

export interface AggregateInput {
  /** Values of areas on their scales; NaN = unknown. */
  matrix: ScoreMatrix
  /** Each >= 0, NaN = unknown: one a column, or one a row and column (as long as the matrix). */
  weights: Float64Array
  /** League number by row, -1 = in none. */
  groups: Int32Array
  spec: Aggregation
  /** Ids of the columns. */
  areas: readonly string[]
}

/**
 * Puts the areas of each row together; the formulas stand in README.md. Throws `weights-by-teacher` (422) for Borda and
 * Copeland with weights by row: two teachers would be compared by weights that are right for neither.
 */
export function aggregate(input: AggregateInput): Aggregated {
  const { matrix, spec, weights } = input
  const totals = new Float64Array(matrix.rows)
  const blocked: Blocked[] = []
  prepareAggregation(input)(matrix, weights, totals, blocked)
  return { totals, isOrder: spec.method === 'lexicographic', blocked }
}

/** Fills totals; reasons are collected only where a list is given. */
export type Aggregate = (
  matrix: ScoreMatrix,
  weights: Float64Array,
  totals: Float64Array,
  blocked: Blocked[] | null,
) => void

/** For many aggregations of the same teachers. */
export function prepareAggregation(input: Pick<AggregateInput, 'spec' | 'areas' | 'groups'>): Aggregate {
  const { spec, areas, groups } = input
  switch (spec.method) {
    case 'borda':
    case 'copeland':
      return byLeague(leagueMethod(spec, areas), groups, (weights, columns) => {
        if (weights.length === columns) return weights
        throw new UstazError('weights-by-teacher', { status: 422, params: { method: spec.method } })
      })
    case 'lexicographic': {
      const order = Float64Array.from(areas, (area) => (spec.order.includes(area) ? 1 : 0))
      return byLeague(leagueMethod(spec, areas), groups, () => order)
    }
    default:
      return byRow(rowMethod(spec, areas))
  }
}

function byRow({ obstacle, total }: RowMethod): Aggregate {
  return (matrix, weights, totals, blocked) => {
    const areas: Row = { values: matrix.values, at: 0, weights, from: 0, columns: matrix.columns }
    const step = weights.length === matrix.columns ? 0 : matrix.columns
    for (let row = 0; row < matrix.rows; row++) {
      const found = obstacle(areas)
      totals[row] = found === null ? total(areas) : Number.NaN
      if (found !== null) blocked?.push({ row, ...found })
      areas.at += matrix.columns
      areas.from += step
    }
  }
}

/** `weightsOf`: the weights of the areas; an area of weight 0 is not looked at. */
function byLeague(
  method: LeagueMethod,
  groups: Int32Array,
  weightsOf: (weights: Float64Array, columns: number) => Float64Array,
): Aggregate {
  const leagues = rowsByGroup(groups)
  return ({ columns, rows, values }, given, totals, blocked) => {
    const weights = weightsOf(given, columns)
    const { obstacle } = rowMethod({ method: 'sum' }, [])
    const isWhole = (row: number): boolean => {
      const found =
        groups[row] === -1
          ? ({ column: null, code: 'no-league' } as const)
          : obstacle({ values, at: row * columns, weights, from: 0, columns })
      if (found !== null) blocked?.push({ row, ...found })
      return found === null
    }
    const whole = Uint8Array.from({ length: rows }, (_, row) => (isWhole(row) ? 1 : 0))
    totals.fill(Number.NaN)
    for (const members of leagues)
      method({ rows: members.filter((row) => whole[row] === 1), columns, values, weights }, totals)
  }
}
