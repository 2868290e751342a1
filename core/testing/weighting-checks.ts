import { isDeepStrictEqual } from 'node:util'
import { UstazError } from '../contract/problem.ts'
import type { ScoreMatrix, WeighInput, Weighting, Weights } from '../plugin/weighting.ts'

export interface WeightingSample {
  /** As a regulation gives them. */
  params?: Record<string, unknown>
  /** Points of at least two teachers (rows) in the areas (columns). NaN: no value. */
  scores: readonly (readonly number[])[]
  /** Ids of the areas, one for each column; absent: area-1, area-2, ... */
  areas?: readonly string[]
}
type Weigh = () => Weights

/** Weights that differ by less than this are the same: they are carried to 12 decimals. */
const tolerance = 1e-12

/** What is wrong with a weighting, tried on a sample; empty: nothing. */
export function findWeightingFaults(weighting: Weighting, sample: WeightingSample): string[] {
  const input = inputOf(weighting, sample)
  const before = structuredClone(input)
  const first = weighting.weigh(input)
  return [
    ...(isDeepStrictEqual(input, before) ? [] : ['it changes its input']),
    ...(isDeepStrictEqual(weighting.weigh(before), first) ? [] : ['it answers the same input differently']),
    ...weightFaults(input.areas, first),
    ...(isDeepStrictEqual(JSON.parse(JSON.stringify(first.how)), first.how) ? [] : ['`how` is no JSON']),
    ...(weighting.needs === 'scores' ? scoreFaults(weighting, sample, first) : []),
  ]
}

function inputOf(
  weighting: Weighting,
  { params = {}, scores, areas }: WeightingSample,
): WeighInput<Record<string, unknown>> {
  const columns = scores[0]?.length ?? 0
  return {
    areas: areas ?? Array.from({ length: columns }, (_, index) => `area-${index + 1}`),
    params: weighting.params.parse(params),
    scores: weighting.needs === 'scores' ? matrixOf(scores) : null,
  }
}

function matrixOf(scores: WeightingSample['scores']): ScoreMatrix {
  return { rows: scores.length, columns: scores[0]?.length ?? 0, values: Float64Array.from(scores.flat()) }
}

function weightFaults(areas: readonly string[], { weights }: Weights): string[] {
  const unweighted = areas.filter((area) => !Object.hasOwn(weights, area))
  const strange = Object.keys(weights).filter((area) => !areas.includes(area))
  const wrong = Object.entries(weights).filter(([, weight]) => !isWeight(weight))
  return [
    ...unweighted.map((area) => `no weight for ${area}`),
    ...strange.map((area) => `a weight for ${area}, which is no area`),
    ...wrong.map(([area, weight]) => `the weight of ${area} is ${weight}`),
  ]
}

function isWeight(weight: unknown): boolean {
  if (typeof weight === 'string') return /^\d+(\.\d+)?$/.test(weight)
  return typeof weight === 'number' && Number.isFinite(weight) && weight >= 0
}

function scoreFaults(weighting: Weighting, sample: WeightingSample, { weights }: Weights): string[] {
  const reversed = weighting.weigh(inputOf(weighting, { ...sample, scores: [...sample.scores].reverse() }))
  const moved = Object.keys(weights).filter((area) => differ(weights[area], reversed.weights[area]))
  return [
    ...moved.map((area) => `the weight of ${area} depends on the order of the teachers`),
    ...unknownFaults(weighting, sample),
  ]
}

const differ = (a: unknown, b: unknown) => !(Math.abs(Number(a) - Number(b)) <= tolerance)

/** A teacher without a value in the first area: weighed all the same, or refused with a reason. */
function unknownFaults(weighting: Weighting, sample: WeightingSample): string[] {
  const scores = sample.scores.map((row, index) => (index === 0 ? [Number.NaN, ...row.slice(1)] : row))
  const input = inputOf(weighting, { ...sample, scores })
  const weigh: Weigh = () => weighting.weigh(input)
  try {
    return weightFaults(input.areas, weigh()).map((fault) => `with an unknown value: ${fault}`)
  } catch (error) {
    return error instanceof UstazError ? [] : [`an unknown value makes it fail: ${String(error)}`]
  }
}
