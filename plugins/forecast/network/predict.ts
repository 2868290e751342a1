import type { Tensorflow } from './tensorflow.ts'
import { quantilesOf, shares } from './network.ts'
import type { NetworkWeights } from './network.ts'
import { batchOf } from './train.ts'
import type { Window } from './windows.ts'

const batchSize = 1024

/**
 * The mean of the networks' quantiles for each window, in the series' own units: quantiles[share][step], shares as in `shares`.
 */
export function predict(
  tf: Tensorflow,
  networks: readonly NetworkWeights[],
  windows: readonly Window[],
): Float64Array[][] {
  const { horizon } = networks[0]!
  const found = windows.map(() => shares.map(() => new Float64Array(horizon)))
  for (const network of networks) {
    const parameters = network.layers.map(({ inputs, outputs, weights, biases }) => ({
      weights: tf.tensor2d(weights, [inputs, outputs]),
      biases: tf.tensor1d(biases),
    }))
    for (let from = 0; from < windows.length; from += batchSize) {
      const chosen = windows.slice(from, from + batchSize)
      const values = tf.tidy(() =>
        quantilesOf(tf, network, parameters, batchOf(tf, chosen, horizon), null).map((one) => one.dataSync()),
      )
      values.forEach((batch, share) =>
        chosen.forEach(({ level, scale }, row) => {
          const into = found[from + row]![share]!
          for (let step = 0; step < horizon; step++) {
            into[step] = into[step]! + (level + scale * batch[row * horizon + step]!) / networks.length
          }
        }),
      )
    }
    parameters.forEach(({ weights, biases }) => tf.dispose([weights, biases]))
  }
  return found
}
