import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { chooseBackend, loadBackend } from './backend.ts'
import type { Backend } from './backend.ts'
import { createModel, forecastAll } from './model.ts'
import { predict } from './predict.ts'
import { normals, seeded } from './random.ts'
import { train } from './train.ts'
import { cutWindow, cutWindows } from './windows.ts'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

/** Trends of several strengths with noise. */
function someSeries(count: number, length: number, seed = 7): Float64Array[] {
  const normal = normals(seeded(seed))
  return Array.from({ length: count }, (_, index) => {
    const slope = (index % 7) - 2
    return Float64Array.from({ length }, (_, t) => 100 + slope * t + 2 * normal())
  })
}

describe('derivatives', () => {
  const cases: [string, (x: Tensor) => Tensor][] = [
    [
      'sums, products and quotients of repeated values',
      (x) => backend.tf.div(backend.tf.mul(backend.tf.add(x, [1, 2, 3]), x), [[2], [5]]),
    ],
    ['differences and magnitudes', (x) => backend.tf.abs(backend.tf.sub(x, [[0.35, 0.1, -0.2]]))],
    ['softmax', (x) => backend.tf.mul(backend.tf.softmax(x), [1, 2, 4])],
    ['softplus and relu', (x) => backend.tf.relu(backend.tf.softplus(x))],
    [
      'cuts and folds',
      (x) => backend.tf.mul(backend.tf.reshape(backend.tf.slice(x, [0, 1], [2, 2]), [4]), [1, 2, 3, 4]),
    ],
    ['sums over an axis', (x) => backend.tf.mul(backend.tf.sum(x, 1), [3, 4])],
  ]
  test.each(cases)('of %s are those of small steps', (_, compute) => {
    const { tf } = backend
    const at = [0.3, -0.7, 1.1, 0.2, 0.9, -0.4]
    const value = (values: number[]) => tf.sum(compute(tf.tensor2d(values, [2, 3]))).dataSync()[0]!
    const found = tf
      .grad((x) => tf.sum(compute(x)))(tf.tensor2d(at, [2, 3]))
      .dataSync()
    at.forEach((_, index) => {
      const moved = (by: number) => value(at.map((one, other) => (other === index ? one + by : one)))
      expect(found[index]).toBeCloseTo((moved(0.01) - moved(-0.01)) / 0.02, 2)
    })
  })
})

describe('a network', () => {
  const series = someSeries(40, 12)
  const options = { horizon: 3, correction: 0.3, seed: 11, epochs: 3 }

  test('is the same for the same seed, another for another, and its quantiles never cross', () => {
    const windows = cutWindows(series, 3)
    const ask = series.map((past) => cutWindow(past, new Float64Array(0), 3))
    const said = (seed: number) =>
      predict(backend.tf, [train(backend.tf, windows, { ...options, seed })], ask)
    const first = said(11)
    expect(said(11)).toEqual(first)
    expect(said(12)).not.toEqual(first)
    for (const quantiles of first) {
      for (let share = 1; share < quantiles.length; share++) {
        quantiles[share]!.forEach((value, step) => {
          expect(value).toBeGreaterThanOrEqual(quantiles[share - 1]![step]!)
        })
      }
    }
  })

  test('gives the same numbers on another backend, to a thousandth of a step', async () => {
    const windows = cutWindows(series, 3)
    const ask = series.map((past) => cutWindow(past, new Float64Array(0), 3))
    const network = train(backend.tf, windows, options)
    const here = predict(backend.tf, [network], ask)
    const other = await chooseBackend('cpu')
    const there = predict(other.tf, [network], ask)
    await chooseBackend('wasm')
    here.forEach((quantiles, index) => {
      quantiles.forEach((values, share) => {
        values.forEach((value, step) => {
          expect(Math.abs(value - there[index]![share]![step]!) / ask[index]!.scale).toBeLessThan(1e-3)
        })
      })
    })
  })

  test('leaves no memory behind', () => {
    const before = backend.tf.memory().numTensors
    const windows = cutWindows(series, 3)
    predict(backend.tf, [train(backend.tf, windows, options)], windows)
    expect(backend.tf.memory().numTensors).toBe(before)
  })
})

test('a model knows trends: it misses less than the last value does, and its intervals hold what they say', () => {
  const all = someSeries(160, 13)
  const past = all.map((one) => one.slice(0, 10))
  const model = createModel(backend, past, { horizon: 3, seed: 1, networks: 1, epochs: 15 })
  const found = forecastAll(backend, model, past)
  let [ours, naive, inside, count] = [0, 0, 0, 0]
  all.forEach((one, index) => {
    for (let step = 0; step < 3; step++) {
      const value = one[10 + step]!
      ours += Math.abs(value - found[index]![3]![step]!)
      naive += Math.abs(value - one[9]!)
      inside += Number(value >= found[index]![1]![step]! && value <= found[index]![5]![step]!)
      count++
    }
  })
  expect(ours / naive).toBeLessThan(0.75)
  expect(inside / count).toBeGreaterThan(0.7)
  expect(model.heldOut).toBeGreaterThan(0)
})
