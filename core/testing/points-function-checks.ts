import { isDeepStrictEqual } from 'node:util'
import type { PointsFunction } from '../plugin/points-function.ts'
import { toDecimal } from '../rating/score/ask-functions.ts'

export interface PointsSample {
  /** As a regulation gives them. */
  params?: Record<string, unknown>
  /** Values of one fact, by the names of the function's schema. */
  values: Record<string, unknown>
  /** What must come out; absent: anything. null: it cannot tell. */
  points?: string | number | null
}

/** What is wrong with a points function, tried on a sample; empty: nothing. */
export function findPointsFaults(pointsFunction: PointsFunction, sample: PointsSample): string[] {
  const params = pointsFunction.params.safeParse(sample.params ?? {})
  const values = pointsFunction.values.safeParse(sample.values)
  if (!params.success) return ['the params do not fit its schema']
  if (!values.success) return ['the values do not fit its schema']
  const input = { params: params.data, values: values.data }
  const before = structuredClone(input)
  try {
    const first = toDecimal(pointsFunction.points(input))
    return [
      ...(isDeepStrictEqual(input, before) ? [] : ['it changes its input']),
      ...(toDecimal(pointsFunction.points(before)) === first
        ? []
        : ['it answers the same input differently']),
      ...differenceOf(sample, first),
    ]
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function differenceOf({ points }: PointsSample, answer: string | null): string[] {
  if (points === undefined || toDecimal(points) === answer) return []
  return [`it gives ${answer}, the sample says ${points}`]
}
