import type { Aggregation } from '../../contract/regulation/composite.ts'

/** One row of values with its weights; an area of weight 0 is not looked at. */
export interface Row {
  values: Float64Array
  /** Where the row begins in `values`. */
  at: number
  weights: Float64Array
  /** Where the row's weights begin in `weights`. */
  from: number
  columns: number
}

/**
 * area-unknown, weight-unknown, area-negative, area-zero: a value of the row that the method cannot take;
 * no-weight: no area counts; areas-undecided: whether enough areas reach the value hangs on an unknown one.
 */
export type ObstacleCode =
  'area-unknown' | 'weight-unknown' | 'area-negative' | 'area-zero' | 'no-weight' | 'areas-undecided'
export interface Obstacle {
  /** The first area, in the order of the regulation, that stands in the way; null: none in particular. */
  column: number | null
  code: ObstacleCode
}

/** Total of one row from its areas. `obstacle` is asked first; where it answers, there is no total. */
export interface RowMethod {
  obstacle(row: Row): Obstacle | null
  total(row: Row): number
}

type RowSpec = Exclude<Aggregation, { method: 'borda' | 'copeland' | 'lexicographic' }>

export function rowMethod(spec: RowSpec, areas: readonly string[]): RowMethod {
  switch (spec.method) {
    case 'sum':
      return { obstacle: obstacleOf({}), total: (row) => sumOf(row, (value) => value) }
    case 'arithmetic':
      return mean(spec, {}, same, same)
    case 'geometric':
      return mean(spec, positive(spec), Math.log, Math.exp)
    case 'harmonic':
      return mean(spec, positive(spec), inverse, inverse)
    case 'power':
      return powerMean(spec)
    case 'minimum':
      return { obstacle: obstacleOf({ leaveOut: spec.whenUnknown === 'leave-out' }), total: least }
    case 'at-least':
      return atLeast(spec, areas)
  }
}

const same = (value: number): number => value
const inverse = (value: number): number => 1 / value

interface Demands {
  /** Unknown values are left out while one area is known. */
  leaveOut?: boolean
  noNegative?: boolean
  noZero?: boolean
}
const positive = (spec: { whenZero: 'block' | 'zero' }): Demands => ({
  noNegative: true,
  noZero: spec.whenZero === 'block',
})

/** The mean of which arithmetic, geometric, harmonic and power are cases: back(sum of w x f(value) / sum of w). */
function mean(
  spec: { whenUnknown: 'block' | 'leave-out' },
  demands: Demands,
  f: (value: number) => number,
  back: (value: number) => number,
): RowMethod {
  return {
    obstacle: obstacleOf({ ...demands, leaveOut: spec.whenUnknown === 'leave-out' }),
    total: (row) => back(sumOf(row, f) / sumOf(row, () => 1)),
  }
}

/** (sum of w x value^p / sum of w)^(1 / p); a zero is an obstacle only where p is negative. */
function powerMean(spec: Extract<Aggregation, { method: 'power' }>): RowMethod {
  const p = Number(spec.p)
  const demands = { noNegative: p !== 1, noZero: p < 0 && spec.whenZero === 'block' }
  return mean(
    spec,
    demands,
    (value) => value ** p,
    (value) => value ** (1 / p),
  )
}

/** Sum of w x f(value) over the areas that count and are known. */
function sumOf({ values, at, weights, from, columns }: Row, f: (value: number) => number): number {
  let sum = 0
  for (let column = 0; column < columns; column++) {
    const weight = weights[from + column]!
    const value = values[at + column]!
    if (weight !== 0 && !Number.isNaN(value)) sum += weight * f(value)
  }
  return sum
}

function least({ values, at, weights, from, columns }: Row): number {
  let found = Infinity
  for (let column = 0; column < columns; column++) {
    const value = values[at + column]!
    if (weights[from + column] !== 0 && value < found) found = value
  }
  return found
}

function obstacleOf(demands: Demands): RowMethod['obstacle'] {
  return ({ values, at, weights, from, columns }) => {
    let known = 0
    for (let column = 0; column < columns; column++) {
      const weight = weights[from + column]!
      if (weight === 0) continue
      if (Number.isNaN(weight)) return { column, code: 'weight-unknown' }
      const value = values[at + column]!
      if (Number.isNaN(value)) {
        if (!demands.leaveOut) return { column, code: 'area-unknown' }
        continue
      }
      if (demands.noNegative && value < 0) return { column, code: 'area-negative' }
      if (demands.noZero && value === 0) return { column, code: 'area-zero' }
      known++
    }
    return known > 0 ? null : { column: null, code: hasWeight(weights, from, columns) }
  }
}

const hasWeight = (weights: Float64Array, from: number, columns: number): ObstacleCode =>
  weights.subarray(from, from + columns).some((weight) => weight !== 0) ? 'area-unknown' : 'no-weight'

/** 1 where at least so many areas reach their value, else 0; unknown areas matter only where they could decide. */
function atLeast(spec: Extract<Aggregation, { method: 'at-least' }>, areas: readonly string[]): RowMethod {
  const { value: needed } = spec
  const limits = areas.map((area) =>
    typeof needed === 'string' ? Number(needed) : Number(needed[area] ?? Number.NaN),
  )
  const count = ({ values, at, weights, from }: Row) => {
    let [reached, unknown] = [0, 0]
    limits.forEach((limit, column) => {
      if (Number.isNaN(limit) || weights[from + column] === 0) return
      const value = values[at + column]!
      if (Number.isNaN(value)) unknown++
      else if (value >= limit) reached++
    })
    return { reached, unknown }
  }
  return {
    obstacle(row) {
      const { reached, unknown } = count(row)
      const isOpen = reached < spec.areas && reached + unknown >= spec.areas
      return isOpen ? { column: null, code: 'areas-undecided' } : null
    },
    total: (row) => (count(row).reached >= spec.areas ? 1 : 0),
  }
}
