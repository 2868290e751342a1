import type { MatchFeatures } from '@ustaz/core/plugin'
import { confidences } from '../confidence.ts'
import { inputsOf } from './inputs.ts'
import type { LearnedMatching } from './learn-matching.ts'

/** How likely a candidate is right, 0 to 1. Plain arithmetic: needs no TensorFlow.js. */
export function probabilityOf(
  { weights, biases, temperature }: Pick<LearnedMatching, 'weights' | 'biases' | 'temperature'>,
  features: MatchFeatures,
): number {
  const scores = Float64Array.from(biases)
  const { indices, values } = inputsOf(features)
  indices.forEach((index, at) => {
    for (const place of [0, 1]) scores[place] = scores[place]! + values[at]! * weights[index * 2 + place]!
  })
  return confidences(scores, temperature)[1]!
}
