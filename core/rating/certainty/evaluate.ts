import type { Aggregation, Normalisation } from '../../contract/regulation/composite.ts'
import type { ScoreMatrix } from '../../plugin/weighting.ts'
import { prepareAggregation } from '../composite/aggregate.ts'
import type { Aggregate, Blocked } from '../composite/aggregate.ts'
import { isPlain, normalise, rulesByArea } from '../composite/normalise.ts'
import { toDecimal } from '../score/obstacles.ts'
import type { CertaintyInput, Choices } from './input.ts'
import { prepareNoisyRanking } from './noisy-ranking.ts'
import { noiseOfTotals } from './total-noise.ts'

/** What came of one set of choices; the arrays are filled anew by the next call. */
export interface Evaluation {
  totals: Float64Array
  /** Standard deviation of each total; null: nothing is noisy. */
  noise: Float64Array | null
  /** 0 = no place. */
  ranks: Int32Array
  /** Rows that have a place officially and no total now, each with its first reason; empty: it succeeded. */
  failed: Failed[]
}
export type Failed = Pick<Blocked, 'row' | 'column'> & { code: string }

/** Alternatives, the official one first. */
export interface Alternatives {
  normalisations: readonly Normalisation[]
  aggregations: readonly Aggregation[]
}

/** For many evaluations: what no choice changes (scales, how noise carries over to totals) is worked out once. */
export function prepareEvaluation(
  input: CertaintyInput,
  alternatives: Alternatives,
  official: Choices,
): (choices: Choices) => Evaluation {
  const { matrix, groups, areas, ranked } = input
  const scaled = alternatives.normalisations.map((spec) => scaleOf(input, spec))
  const aggregates = alternatives.aggregations.map((spec) => prepareAggregation({ spec, areas, groups }))
  const weightsFor = prepareWeights(input, official)
  const parts = scaled.map(({ scale }) =>
    aggregates.map((aggregate) => noiseParts(input, scale, aggregate, official)),
  )
  const noise = parts[0]![0]!.length > 0 ? new Float64Array(matrix.rows) : null
  if (noise) addUp(parts[0]![0]!, official, noise)
  const rank = prepareNoisyRanking(ranked, noise && noise.slice())
  const [totals, ranks] = [new Float64Array(matrix.rows), new Int32Array(matrix.rows)]
  return (choices) => {
    const { matrix: values, lost } = scaled[choices.normalisation]!
    const aggregate = aggregates[choices.aggregation]!
    const weights = weightsFor(choices)
    aggregate(values, weights, totals, null)
    finishTotals(input, totals)
    if (noise) addUp(parts[choices.normalisation]![choices.aggregation]!, choices, noise)
    rank(totals, noise, choices.noise, ranks)
    const failed = hasFailed(ranked, totals, noise)
      ? findReasons({ aggregate, values, weights, lost, ranked, noise })
      : []
    return { totals, noise, ranks, failed }
  }
}

function finishTotals({ finish }: CertaintyInput, totals: Float64Array): void {
  const [floor, cap] = [finish.floor ?? -Infinity, finish.cap ?? Infinity]
  for (let row = 0; row < totals.length; row++) {
    const factor = finish.factor[row]!
    const total = totals[row]! * factor + finish.added[row]!
    totals[row] = factor === 0 ? total : Math.min(cap, Math.max(floor, total))
  }
}

type Scale = (matrix: ScoreMatrix) => ScoreMatrix

function scaleOf({ matrix, groups, areas }: CertaintyInput, spec: Normalisation) {
  const rules = rulesByArea(spec, areas)
  const scale: Scale = (given) => normalise(given, groups, rules).matrix
  // Values on scales are carried to 12 decimals, as in the run itself.
  const normalised = normalise(matrix, groups, rules)
  const lost = new Map(
    normalised.lost.map(({ row, column, code }) => [row * matrix.columns + column, code as string]),
  )
  const values = normalised.matrix.values.map((value, at) =>
    isPlain(rules[at % rules.length]!) ? value : Number(toDecimal(value)),
  )
  return { matrix: { ...matrix, values }, scale, lost }
}

/** Weights of areas as they are; where rows have their own, each is changed as its area's is. */
function prepareWeights({ weights, matrix }: CertaintyInput, official: Choices) {
  if (weights.length === matrix.columns) return (choices: Choices) => choices.weights
  const changed = new Float64Array(weights.length)
  return (choices: Choices) => {
    if (choices.weights === official.weights) return weights
    const factors = choices.weights.map((weight, column) =>
      official.weights[column] === 0 ? 1 : weight / official.weights[column]!,
    )
    for (let at = 0; at < weights.length; at++) changed[at] = weights[at]! * factors[at % matrix.columns]!
    return changed
  }
}

/** What the noise of one area gives each total, by how much the area weighed when it was worked out. */
interface NoisePart {
  column: number
  weight: number
  deviations: Float64Array
}

/** An area that officially weighs nothing is tried with a weight of 1, for one that may be given to it. */
function noiseParts(
  input: CertaintyInput,
  scale: Scale,
  aggregate: Aggregate,
  official: Choices,
): NoisePart[] {
  const { noise, matrix, settings } = input
  if (noise === null) return []
  const noisy = input.areas
    .map((_, column) => column)
    .filter((column) => noise.some((deviation, at) => at % matrix.columns === column && deviation > 0))
  return noisy.map((column) => {
    const weight = official.weights[column]! || 1
    const weights = prepareWeights(
      input,
      official,
    )({
      ...official,
      weights: official.weights.with(column, weight),
    })
    const totalsOf = (given: ScoreMatrix) => {
      const totals = new Float64Array(matrix.rows)
      aggregate(scale(given), weights, totals, null)
      return totals.map((total, row) => total * input.finish.factor[row]!)
    }
    return { column, weight, deviations: noiseOfTotals(matrix, column, noise, totalsOf, settings.seed) }
  })
}

/** Independent errors add up by their squares; an area's part grows with its weight. */
function addUp(parts: readonly NoisePart[], choices: Choices, noise: Float64Array): void {
  noise.fill(0)
  for (const { column, weight, deviations } of parts) {
    const factor = choices.weights[column]! / weight
    for (let row = 0; row < noise.length; row++) noise[row]! += (factor * deviations[row]!) ** 2
  }
  for (let row = 0; row < noise.length; row++) noise[row] = Math.sqrt(noise[row]!)
}

function hasFailed(ranked: Int32Array, totals: Float64Array, noise: Float64Array | null): boolean {
  for (let row = 0; row < totals.length; row++) {
    if (ranked[row] === -1) continue
    if (Number.isNaN(totals[row]) || (noise !== null && Number.isNaN(noise[row]))) return true
  }
  return false
}

/** The first reason of each row; a value that was lost on its scale is named instead of an unknown area. */
function findReasons(source: {
  aggregate: Aggregate
  values: ScoreMatrix
  weights: Float64Array
  lost: ReadonlyMap<number, string>
  ranked: Int32Array
  noise: Float64Array | null
}): Failed[] {
  const { aggregate, values, weights, lost, ranked, noise } = source
  const blocked: Blocked[] = []
  aggregate(values, weights, new Float64Array(values.rows), blocked)
  const found = blocked.map(({ row, column, code }): Failed => {
    const at = column === null ? -1 : row * values.columns + column
    return { row, column, code: lost.get(at) ?? code }
  })
  const named = new Set(found.map(({ row }) => row))
  noise?.forEach((deviation, row) => {
    if (Number.isNaN(deviation) && !named.has(row)) found.push({ row, column: null, code: 'noise-unknown' })
  })
  return found.filter(({ row }) => ranked[row] !== -1)
}
