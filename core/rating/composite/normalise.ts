import type { AreaNormalisation, Normalisation } from '../../contract/regulation/composite.ts'
import type { ScoreMatrix } from '../../plugin/weighting.ts'
import { rowsByGroup } from './groups.ts'
import { placeKey } from './place-key.ts'
import { fitScale, onScale, takeLog, winsorLimits } from './scale.ts'
import type { Scale } from './scale.ts'

/**
 * no-league: compared within leagues, and the teacher is in none; no-logarithm: the value is too low to have one;
 * nothing-above-zero: the maximum or median that values are divided by is 0 or less.
 */
export type ScaleProblem = 'no-league' | 'no-logarithm' | 'nothing-above-zero'

/** The scale of an area in a group; group -1: all teachers together. */
export type AreaScale = Omit<Scale, 'ranked'> & { column: number; group: number }
export interface Lost {
  row: number
  column: number
  code: ScaleProblem
}
export interface Normalised {
  matrix: ScoreMatrix
  /** What values were divided by and so on: with it every value can be worked out again by hand. */
  scales: AreaScale[]
  /** Values that were known and have none on the scale. */
  lost: Lost[]
}

/** The rule of each area, in the order of `areas`. Points as they are need no league to be compared in. */
export function rulesByArea(spec: Normalisation, areas: readonly string[]): AreaNormalisation[] {
  return areas
    .map((area) => spec.byArea[area] ?? spec.areas)
    .map((rule) => (isPlain(rule) ? { ...rule, within: 'all' } : rule))
}

/** Whether an area keeps its points as they are. */
export function isPlain({ method, winsorise, log, factor, shift }: AreaNormalisation): boolean {
  return (
    method === 'none' && winsorise === null && log === null && Number(factor) === 1 && Number(shift) === 0
  )
}

/**
 * Brings every area onto its scale; the formulas stand in README.md. Unknown (NaN) stays unknown and takes no part in the
 * scale. `groups`: league number by row, -1 = in none. Pure; the order of rows changes nothing.
 */
export function normalise(
  matrix: ScoreMatrix,
  groups: Int32Array,
  rules: readonly AreaNormalisation[],
): Normalised {
  const target = { ...matrix, values: new Float64Array(matrix.values.length).fill(Number.NaN) }
  const leagues = rowsByGroup(groups)
  const everybody = [Int32Array.from({ length: matrix.rows }, (_, row) => row)]
  const lost = new Map<number, ScaleProblem>()
  const scales = rules.flatMap((rule, column) =>
    (rule.within === 'all' ? everybody : leagues).flatMap((rows, group) => {
      const scale = normaliseGroup({ matrix, column, rows, rule, target: target.values, lost })
      return scale === null ? [] : [named(scale, column, rule.within === 'all' ? -1 : group)]
    }),
  )
  return { matrix: target, scales, lost: listLost(matrix, target, lost) }
}

function named({ ranked: _, ...scale }: Scale, column: number, group: number): AreaScale {
  return { column, group, ...scale }
}

interface GroupInput {
  matrix: ScoreMatrix
  column: number
  rows: Int32Array
  rule: AreaNormalisation
  target: Float64Array
  /** By place in the matrix, why a value was lost; null: not asked for. */
  lost: Map<number, ScaleProblem> | null
}

/** Writes one area of one group into `target`; null: nobody there has a value. */
export function normaliseGroup(input: GroupInput): Scale | null {
  const { matrix, column, rows, rule, target, lost } = input
  const { lower, upper, prepared, sorted } = prepareValues(input)
  if (sorted.length === 0) return null
  const isRank = rule.method === 'rank'
  const ranked = isRank ? sorted.map(placeKey) : null
  const scale = { known: sorted.length, lower, upper, ...fitScale(sorted, rule), ranked }
  const clamp = rule.method === 'goalposts' && rule.clamp
  const [factor, shift] = [Number(rule.factor), Number(rule.shift)]
  rows.forEach((row, index) => {
    const at = row * matrix.columns + column
    const value = isRank ? placeKey(prepared[index]!) : prepared[index]!
    const found = clamp ? Math.min(1, Math.max(0, onScale(value, scale))) : onScale(value, scale)
    target[at] = found * factor + shift
    if (Number.isNaN(found) && !Number.isNaN(value)) lost?.set(at, 'nothing-above-zero')
  })
  return scale
}

/** The values of the rows after winsorising and logarithm, in the order of rows, and the known ones sorted. */
function prepareValues({ matrix, column, rows, rule, lost }: GroupInput) {
  const prepared = new Float64Array(rows.length)
  rows.forEach((row, index) => (prepared[index] = matrix.values[row * matrix.columns + column]!))
  const known = sortKnown(prepared)
  const { lower, upper } = known.length > 0 ? winsorLimits(known, rule) : { lower: null, upper: null }
  if (lower === null && rule.log === null) return { lower, upper, prepared, sorted: known }
  prepared.forEach((value, index) => {
    const drawnIn = Math.min(upper ?? Infinity, Math.max(lower ?? -Infinity, value))
    prepared[index] = takeLog(drawnIn, rule.log)
    if (Number.isNaN(prepared[index]) && !Number.isNaN(value))
      lost?.set(rows[index]! * matrix.columns + column, 'no-logarithm')
  })
  return { lower, upper, prepared, sorted: sortKnown(prepared) }
}

const sortKnown = (values: Float64Array): Float64Array =>
  values.filter((value) => !Number.isNaN(value)).sort()

/** In the order of the matrix; what no group reached was in no league. */
function listLost(source: ScoreMatrix, target: ScoreMatrix, lost: Map<number, ScaleProblem>): Lost[] {
  const found: Lost[] = []
  source.values.forEach((value, at) => {
    if (Number.isNaN(value) || !Number.isNaN(target.values[at])) return
    const row = Math.floor(at / source.columns)
    found.push({ row, column: at % source.columns, code: lost.get(at) ?? 'no-league' })
  })
  return found
}
