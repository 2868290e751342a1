import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core'
import { poolMethods } from '../methods/pool.ts'
import { createAdam } from './adam.ts'
import type { Tensorflow } from './tensorflow.ts'
import { firstWeights, quantilesOf, shares } from './network.ts'
import type { Dropout, NetworkWeights } from './network.ts'
import { seeded, shuffled } from './random.ts'
import { featureCount } from './windows.ts'
import type { Window } from './windows.ts'

export interface TrainingOptions {
  horizon: number
  correction: number
  seed: number
  epochs: number
}
const batchSize = 256
const learningRate = 2e-3
const decay = 1e-4
const dropRate = 0.2

/**
 * Learns from windows by the pinball loss over all known steps and all quantiles, each series weighed by the root of its windows
 * (so that long ones do not rule), with Adam (Kingma and Ba 2015, decoupled decay of Loshchilov and Hutter 2019) and a rate that falls
 * as a cosine. The same windows and options give the same weights on the same backend.
 */
export function train(tf: Tensorflow, windows: readonly Window[], options: TrainingOptions): NetworkWeights {
  const network = firstWeights(options.horizon, options.correction, options.seed)
  const variables = network.layers.map(({ inputs, outputs, weights, biases }) => ({
    weights: tf.tidy(() => tf.variable(tf.tensor2d(weights, [inputs, outputs]))),
    biases: tf.tidy(() => tf.variable(tf.tensor1d(biases))),
  }))
  const all = variables.flatMap(({ weights, biases }) => [weights, biases] as Variable[])
  const arrays = network.layers.flatMap(({ weights, biases }) => [weights, biases])
  const adam = createAdam(arrays, decay)
  const weightOf = seriesWeights(windows)
  const random = seeded(options.seed ^ 0x5bd1e995)
  const steps = Math.ceil(windows.length / batchSize) * options.epochs
  let step = 0
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = shuffled(windows.length, random)
    for (let from = 0; from < order.length; from += batchSize) {
      const chosen = Array.from(order.subarray(from, from + batchSize), (index) => windows[index]!)
      const dropSeed = Math.floor(random() * 2 ** 31)
      const gradients = gradientsOf(tf, () => lossOf(tf, network, variables, chosen, weightOf, dropSeed), all)
      const rate = (learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2
      adam(gradients, rate)
      all.forEach((variable, index) => {
        tf.tidy(() => variable.assign(tf.tensor(arrays[index]!, variable.shape)))
      })
      step++
    }
  }
  all.forEach((variable) => variable.dispose())
  return network
}

function seriesWeights(windows: readonly Window[]): (window: Window) => number {
  const counts = new Map<number, number>()
  for (const { series } of windows) counts.set(series, (counts.get(series) ?? 0) + 1)
  return ({ series }) => Math.sqrt(12 / counts.get(series)!)
}

function gradientsOf(tf: Tensorflow, loss: () => Scalar, variables: Variable[]): Float32Array[] {
  return tf.tidy(() => {
    const { grads } = tf.variableGrads(loss, variables)
    return variables.map(({ name }) => grads[name]!.dataSync() as Float32Array)
  })
}

function lossOf(
  tf: Tensorflow,
  network: NetworkWeights,
  parameters: { weights: Tensor2D; biases: Tensor }[],
  chosen: readonly Window[],
  weightOf: (window: Window) => number,
  dropSeed: number,
): Scalar {
  const { horizon } = network
  const rows = chosen.length
  const targets = new Float32Array(rows * horizon)
  const weights = new Float32Array(rows * horizon)
  let total = 0
  chosen.forEach((window, row) => {
    window.targets.forEach((target, step) => {
      if (Number.isNaN(target)) return
      targets[row * horizon + step] = target
      weights[row * horizon + step] = weightOf(window)
      total += weightOf(window)
    })
  })
  const dropout: Dropout = (layer, values) =>
    tf.dropout(values, dropRate, undefined, dropSeed + layer) as Tensor2D
  const quantiles = quantilesOf(tf, network, parameters, batchOf(tf, chosen, horizon), dropout)
  const target = tf.tensor2d(targets, [rows, horizon])
  const losses = quantiles.map((quantile, index) => {
    const miss = tf.sub(target, quantile)
    return tf.add(tf.mul(tf.abs(miss), 0.5), tf.mul(miss, shares[index]! - 0.5))
  })
  const sum = tf.sum(tf.mul(tf.addN(losses), tf.tensor2d(weights, [rows, horizon])))
  return tf.div<Scalar>(sum, total * shares.length)
}

export function batchOf(tf: Tensorflow, chosen: readonly Window[], horizon: number) {
  const features = new Float32Array(chosen.length * featureCount)
  const forecasts = new Float32Array(chosen.length * poolMethods.length * horizon)
  chosen.forEach((window, row) => {
    features.set(window.features, row * featureCount)
    forecasts.set(window.forecasts, row * poolMethods.length * horizon)
  })
  return {
    features: tf.tensor2d(features, [chosen.length, featureCount]),
    forecasts: tf.tensor3d(forecasts, [chosen.length, poolMethods.length, horizon]),
  }
}
