import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { poolMethods } from '../methods/pool.ts'
import type { Tensorflow } from './tensorflow.ts'
import { normals, seeded } from './random.ts'
import { featureCount } from './windows.ts'

/** The shares below the quantiles that are forecast; the middle one is the point forecast. */
export const shares = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const
export const middle = 3
const hidden = 32

/** Weights and biases of three dense layers, by name, row by row; what a saved model holds. */
export interface NetworkWeights {
  horizon: number
  /** How far the network may move the point from the weighed pool, in units of its own output. */
  correction: number
  layers: { inputs: number; outputs: number; weights: Float32Array; biases: Float32Array }[]
}

/** First weights by He et al. 2015, from the seed; biases 0. */
export function firstWeights(horizon: number, correction: number, seed: number): NetworkWeights {
  const normal = normals(seeded(seed))
  const sizes = [featureCount, hidden, hidden, poolMethods.length + horizon * shares.length]
  const layers = sizes.slice(1).map((outputs, index) => {
    const inputs = sizes[index]!
    const spread = index === 2 ? 0.1 / Math.sqrt(inputs) : Math.sqrt(2 / inputs)
    return {
      inputs,
      outputs,
      weights: Float32Array.from({ length: inputs * outputs }, () => spread * normal()),
      biases: new Float32Array(outputs),
    }
  })
  return { horizon, correction, layers }
}

export type Parameters = readonly { weights: Tensor2D; biases: Tensor }[]

/** Keeps some of the units of a layer, the others are 0, so that what is expected stays; null: keeps all. */
export type Dropout = ((layer: number, values: Tensor2D) => Tensor2D) | null

/**
 * Quantiles for a batch. features: batch x featureCount; forecasts: batch x methods x horizon. Answers for each of `shares` a tensor
 * batch x horizon: the pool weighed by a softmax, moved by a correction, and distances to both sides that are never negative, so that
 * quantiles cannot cross.
 */
export function quantilesOf(
  tf: Tensorflow,
  { horizon, correction }: NetworkWeights,
  parameters: Parameters,
  batch: { features: Tensor2D; forecasts: Tensor3D },
  dropout: Dropout,
): Tensor2D[] {
  const methods = poolMethods.length
  let values = batch.features
  parameters.forEach(({ weights, biases }, layer) => {
    values = tf.add(multiply(tf, values, weights), biases)
    if (layer === parameters.length - 1) return
    values = tf.relu(values)
    if (dropout) values = dropout(layer, values)
  })
  const rows = values.shape[0]
  const part = (from: number, size: number) => tf.slice(values, [0, from], [rows, size])
  const gate = tf.softmax(part(0, methods))
  const weighed = tf.sum<Tensor2D>(tf.mul(tf.reshape(gate, [rows, methods, 1]), batch.forecasts), 1)
  const point = tf.add<Tensor2D>(weighed, tf.mul(part(methods, horizon), correction))
  const distance = (index: number) => tf.softplus(part(methods + (1 + index) * horizon, horizon))
  const quantiles = new Array<Tensor2D>(shares.length)
  quantiles[middle] = point
  for (let step = 1; step <= middle; step++) {
    quantiles[middle - step] = tf.sub(quantiles[middle - step + 1]!, distance(step - 1))
    quantiles[middle + step] = tf.add(quantiles[middle + step - 1]!, distance(middle + step - 1))
  }
  return quantiles
}

/** A matrix product whose gradient transposes first: WebAssembly's product of transposed matrices is slow. */
function multiply(tf: Tensorflow, left: Tensor2D, right: Tensor2D): Tensor2D {
  const product = tf.customGrad((...given) => {
    const [a, b, save] = given as [unknown, unknown, unknown] as [
      Tensor2D,
      Tensor2D,
      (saved: Tensor[]) => void,
    ]
    save([a, b])
    return {
      value: tf.matMul(a, b),
      gradFunc: (given: Tensor, saved: Tensor[]) => {
        const [x, w] = saved as [Tensor2D, Tensor2D]
        const dy = given as Tensor2D
        return [tf.matMul(dy, tf.transpose(w)), tf.matMul(tf.transpose(x), dy)]
      },
    }
  })
  return product(left, right) as Tensor2D
}
