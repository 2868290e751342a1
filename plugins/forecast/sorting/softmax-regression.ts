import type { Tensor2D } from '@tensorflow/tfjs-core'
import { createAdam } from '../network/adam.ts'
import type { Tensorflow } from '../network/tensorflow.ts'
import { seeded, shuffled } from '../network/random.ts'
import type { TextVector } from './vectors.ts'

/** What each feature says for each class: weights are [features][classes], biases [classes]. */
export interface LinearWeights {
  weights: Float32Array
  biases: Float32Array
}
export interface LearningOptions {
  seed: number
  epochs: number
}
/** How many features there are, and how many classes. */
export interface Shape {
  features: number
  classes: number
}
const batchSize = 128
const learningRate = 0.02
const decay = 1e-4

/**
 * Multinomial logistic regression by gradient descent in TensorFlow.js. Linear, so that what a word has to do with a suggestion can be
 * told. `labels` are places of classes. The same input gives the same weights on the same backend.
 */
export function learnWeights(
  tf: Tensorflow,
  vectors: readonly TextVector[],
  labels: readonly number[],
  { features, classes }: Shape,
  { seed, epochs }: LearningOptions,
): LinearWeights {
  const learned = { weights: new Float32Array(features * classes), biases: new Float32Array(classes) }
  const arrays = [learned.weights, learned.biases]
  const adam = createAdam(arrays, decay)
  const random = seeded(seed)
  const steps = Math.ceil(vectors.length / batchSize) * epochs
  for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
    const order = shuffled(vectors.length, random)
    for (let from = 0; from < order.length; from += batchSize, step++) {
      const chosen = [...order.subarray(from, from + batchSize)]
      const targets = new Float32Array(chosen.length * classes)
      chosen.forEach((index, row) => (targets[row * classes + labels[index]!] = 1))
      const gradients = gradientsOf(
        tf,
        chosen.map((index) => vectors[index]!),
        targets,
        learned,
      )
      adam(gradients, (learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2)
    }
  }
  return learned
}

/** Of the mean cross-entropy: features transposed times (said less true). */
function gradientsOf(
  tf: Tensorflow,
  vectors: readonly TextVector[],
  targets: Float32Array,
  learned: LinearWeights,
): Float32Array[] {
  const classes = learned.biases.length
  return tf.tidy(() => {
    const features = denseOf(tf, vectors, learned)
    const said = tf.softmax(logitsOf(tf, features, learned))
    const truth = tf.tensor2d(targets, [vectors.length, classes])
    const missed = tf.div<Tensor2D>(tf.sub(said, truth), vectors.length)
    return [tf.matMul(tf.transpose(features), missed), tf.sum(missed, 0)].map(
      (gradient) => gradient.dataSync() as Float32Array,
    )
  })
}

/** What is said for each class before it is made a probability, [texts][classes]. */
export function scoresOf(
  tf: Tensorflow,
  vectors: readonly TextVector[],
  learned: LinearWeights,
): Float32Array[] {
  const classes = learned.biases.length
  const scores: Float32Array[] = []
  for (let from = 0; from < vectors.length; from += batchSize) {
    const chosen = vectors.slice(from, from + batchSize)
    const found = tf.tidy(
      () => logitsOf(tf, denseOf(tf, chosen, learned), learned).dataSync() as Float32Array,
    )
    chosen.forEach((_, row) => scores.push(found.slice(row * classes, (row + 1) * classes)))
  }
  return scores
}

function logitsOf(tf: Tensorflow, features: Tensor2D, { weights, biases }: LinearWeights): Tensor2D {
  return tf.add(
    tf.matMul(features, tf.tensor2d(weights, [weights.length / biases.length, biases.length])),
    tf.tensor1d(biases),
  )
}

function denseOf(
  tf: Tensorflow,
  vectors: readonly TextVector[],
  { weights, biases }: LinearWeights,
): Tensor2D {
  const featureCount = weights.length / biases.length
  const dense = new Float32Array(vectors.length * featureCount)
  vectors.forEach(({ indices, values }, row) =>
    indices.forEach((index, at) => (dense[row * featureCount + index] = values[at]!)),
  )
  return tf.tensor2d(dense, [vectors.length, featureCount])
}
