import { isDeepStrictEqual } from 'node:util'
import { UstazError } from '../contract/problem.ts'
import { asksForTeachers } from '../rating/score/weigh-areas.ts'
import type { ScoreMatrix, WeighInput, Weighting, Weights } from '../plugin/weighting.ts'

export interface WeightingSample {
  /** As a regulation gives them. */
  params?: Record<string, unknown>
  /** Points of at least two teachers (rows) in the areas (columns). NaN: no value. */
  scores: readonly (readonly number[])[]
  /** Ids of the areas, one for each column; absent: area-1, area-2, ... */
  areas?: readonly string[]
  /** Of each teacher, for a weighting that needs positions; null: unknown. */
  positions?: readonly (string | null)[]
  /** What the weighting `reads` of each teacher. NaN: no value. */
  readings?: readonly (readonly number[])[]
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
    ...rowFaults(input.areas, sample.scores.length, first),
    ...(asksForTeachers(weighting) ? orderFaults(weighting, sample, first) : []),
    ...(weighting.needs === 'scores' ? unknownFaults(weighting, sample) : []),
    ...unknownTeacherFaults(weighting, sample),
  ]
}

function inputOf(
  weighting: Weighting,
  { params = {}, scores, areas, positions = [], readings = [] }: WeightingSample,
): WeighInput<Record<string, unknown>> {
  const columns = scores[0]?.length ?? 0
  return {
    areas: areas ?? Array.from({ length: columns }, (_, index) => `area-${index + 1}`),
    params: weighting.params.parse(params),
    scores: weighting.needs === 'scores' ? matrixOf(scores) : null,
    positions: weighting.needs === 'positions' ? positions : null,
    readings: weighting.reads ? matrixOf(readings) : null,
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

/** Weights of rows: one for each teacher and area, each 0 or more, or a whole row unknown. */
function rowFaults(areas: readonly string[], teachers: number, { byTeacher }: Weights): string[] {
  if (!byTeacher) return []
  const { rows, columns, values } = byTeacher
  if (rows !== teachers || columns !== areas.length || values.length !== rows * columns) {
    return [`weights of ${rows} x ${columns} for ${teachers} teachers and ${areas.length} areas`]
  }
  return Array.from({ length: rows }, (_, row) => rowOf(byTeacher, row)).flatMap((weights, row) => {
    if (weights.every(Number.isNaN)) return []
    const wrong = weights.filter((weight) => !isWeight(weight))
    return wrong.map((weight) => `a weight of teacher ${row + 1} is ${weight}`)
  })
}

const rowOf = ({ columns, values }: ScoreMatrix, row: number): number[] => [
  ...values.subarray(row * columns, (row + 1) * columns),
]

function orderFaults(
  weighting: Weighting,
  sample: WeightingSample,
  { weights, byTeacher }: Weights,
): string[] {
  const turned = {
    ...sample,
    scores: [...sample.scores].reverse(),
    ...(sample.positions ? { positions: [...sample.positions].reverse() } : {}),
    ...(sample.readings ? { readings: [...sample.readings].reverse() } : {}),
  }
  const reversed = weighting.weigh(inputOf(weighting, turned))
  const moved = Object.keys(weights).filter((area) => differ(weights[area], reversed.weights[area]))
  const rows = byTeacher ? Array.from({ length: byTeacher.rows }, (_, row) => row) : []
  const mixed = rows.filter((row) => {
    const other = reversed.byTeacher ? rowOf(reversed.byTeacher, rows.length - 1 - row) : []
    return rowOf(byTeacher!, row).some((weight, column) => !Object.is(weight, other[column]))
  })
  return [
    ...moved.map((area) => `the weight of ${area} depends on the order of the teachers`),
    ...mixed.map((row) => `the weights of teacher ${row + 1} depend on the order of the teachers`),
  ]
}

/** A teacher whose position or readings are unknown has unknown weights, if weights are each teacher's own: never guessed ones. */
function unknownTeacherFaults(weighting: Weighting, sample: WeightingSample): string[] {
  const asks = weighting.needs === 'positions' || weighting.reads !== undefined
  if (!asks) return []
  const first = <T>(list: readonly T[] | undefined, unknown: T) => [unknown, ...(list ?? []).slice(1)]
  const columns = sample.readings?.[0]?.length ?? 0
  const { byTeacher } = weighting.weigh(
    inputOf(weighting, {
      ...sample,
      positions: first(sample.positions, null),
      readings: first(sample.readings, Array<number>(columns).fill(Number.NaN)),
    }),
  )
  return !byTeacher || rowOf(byTeacher, 0).every(Number.isNaN)
    ? []
    : ['it guesses the weights of a teacher of whom nothing is known']
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
