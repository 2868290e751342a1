import type { MatchFeatures } from '@ustaz/core/plugin'
import type { TextVector } from '../vectors.ts'

/** Inputs for so many features: each has its number, and 1 in a place of its own where it is not known. */
export const inputCount = (features: number) => 2 * features

/** A candidate's features as inputs of the regression; what is not known weighs by itself and is not taken for 0. */
export function inputsOf(features: MatchFeatures): TextVector {
  const inputs = features.map((value, place) =>
    value === null ? { index: 2 * place + 1, value: 1 } : { index: 2 * place, value },
  )
  return {
    indices: Int32Array.from(inputs, ({ index }) => index),
    values: Float32Array.from(inputs, ({ value }) => value),
  }
}
