import type { GradConfig, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core'
import type { Tensorflow } from './tensorflow.ts'

/**
 * Derivatives of the operations that the networks are made of. The package's own are only in its bundle for browsers, or in a package
 * forty times as large; these are what a chain of dense layers, a softmax and distances need.
 */
export function registerGradients(tf: Tensorflow): void {
  const broadcast = (
    kernelName: string,
    left: (dy: Tensor, b: Tensor) => Tensor,
    right: (dy: Tensor, a: Tensor) => Tensor,
  ) =>
    register(kernelName, ['a', 'b'], (dy, [a, b]) => ({
      a: () => summedTo(tf, left(dy, b!), a!.shape),
      b: () => summedTo(tf, right(dy, a!), b!.shape),
    }))
  broadcast(
    tf.Add,
    (dy) => dy,
    (dy) => dy,
  )
  broadcast(
    tf.Sub,
    (dy) => dy,
    (dy) => tf.neg(dy),
  )
  broadcast(
    tf.Multiply,
    (dy, b) => tf.mul(dy, b),
    (dy, a) => tf.mul(dy, a),
  )
  register(tf.RealDiv, ['a', 'b'], (dy, [a, b]) => ({
    a: () => summedTo(tf, tf.div(dy, b!), a!.shape),
    b: () => summedTo(tf, tf.neg(tf.div(tf.mul(dy, a!), tf.square(b!))), b!.shape),
  }))
  register(tf.Abs, ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.sign(x!)) }))
  register(tf.Relu, ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.step(x!)) }))
  register(tf.Softplus, ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.sigmoid(x!)) }))
  register(tf.Reshape, ['x'], (dy, [x]) => ({ x: () => tf.reshape(dy, x!.shape) }))
  register(tf.Cast, [], (dy) => ({ x: () => dy }))
  register(tf.Slice, ['x'], (dy, [x], attributes) => ({ x: () => padded(tf, dy, x!, attributes) }))
  register(tf.Sum, ['x'], (dy, [x], { axis }) => ({ x: () => spread(tf, dy, x!, axis) }))
  tf.registerGradient({
    kernelName: tf.AddN,
    saveAllInputs: true,
    gradFunc: (dy, saved) => Object.fromEntries(saved.map((_, index) => [String(index), () => dy as Tensor])),
  })
  tf.registerGradient({
    kernelName: tf.Softmax,
    outputsToSave: [true],
    gradFunc: (dy, [probabilities]) => ({
      logits: () => {
        const weighed = tf.mul(dy as Tensor, probabilities!)
        return tf.sub(weighed, tf.mul(tf.sum(weighed, -1, true), probabilities!))
      },
    }),
  })

  function register(
    kernelName: string,
    inputsToSave: string[],
    derive: (dy: Tensor, saved: Tensor[], attributes: NamedAttrMap) => Record<string, () => Tensor>,
  ): void {
    const gradFunc: GradConfig['gradFunc'] = (dy, saved, attributes) =>
      derive(dy as Tensor, saved, attributes)
    tf.registerGradient({ kernelName, inputsToSave, gradFunc })
  }
}

/** Sums what was repeated to make the shapes equal. */
function summedTo(tf: Tensorflow, dy: Tensor, shape: number[]): Tensor {
  const missing = dy.shape.length - shape.length
  const axes = dy.shape.flatMap((size, axis) =>
    axis < missing || (shape[axis - missing] === 1 && size !== 1) ? [axis] : [],
  )
  return tf.reshape(axes.length === 0 ? dy : tf.sum(dy, axes), shape)
}

function padded(tf: Tensorflow, dy: Tensor, x: Tensor, { begin }: NamedAttrMap): Tensor {
  const from = begin as number[]
  const paddings = x.shape.map(
    (size, axis) => [from[axis]!, size - from[axis]! - dy.shape[axis]!] as [number, number],
  )
  return tf.pad(dy, paddings)
}

function spread(tf: Tensorflow, dy: Tensor, x: Tensor, axis: unknown): Tensor {
  const axes = (
    Array.isArray(axis) ? axis : axis === undefined || axis === null ? x.shape.keys().toArray() : [axis]
  ) as number[]
  const kept = x.shape.map((size, at) => (axes.includes(at) ? 1 : size))
  return tf.mul(tf.reshape(dy, kept), tf.ones(x.shape))
}
