import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { chooseBackend, loadBackend } from './backend.ts'
import type { Backend } from './backend.ts'
import { lendWindows } from './lend.ts'
import { createModel, forecastAll } from './model.ts'
import { choosePart } from './part.ts'
import { predict } from './predict.ts'
import { normals, seeded } from './random.ts'
import { train } from './train.ts'
import { cutWindow, cutWindows } from './windows.ts'
import type { Window } from './windows.ts'

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
    const windows = series.flatMap((values, index) => cutWindows(values, { horizon: 3, series: index }))
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
    const windows = series.flatMap((values, index) => cutWindows(values, { horizon: 3, series: index }))
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
    const windows = series.flatMap((values, index) => cutWindows(values, { horizon: 3, series: index }))
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

describe('a model of any set of series', () => {
  const quick = { horizon: 3, seed: 1, networks: 1, epochs: 1 }
  const ask = (past: readonly Float64Array[], options = quick) => {
    const model = createModel(backend, past, options)
    return { model, found: forecastAll(backend, model, past) }
  }
  const scaled = (by: number) => someSeries(30, 9).map((one) => one.map((value) => value * by))
  const sets: Record<string, Float64Array[]> = {
    'one series': someSeries(1, 9),
    'one value each': someSeries(30, 1),
    'two and three values': [...someSeries(15, 2), ...someSeries(15, 3)],
    'series that never moved, at 0 too': [0, 5, -3, 0].map((value) => new Float64Array(8).fill(value)),
    'tiny numbers': scaled(1e-8),
    'huge numbers': scaled(1e12),
    'negative numbers': scaled(-1),
    'mostly zeros': someSeries(30, 9).map((one) => one.map((value) => Math.max(0, Math.round(value - 108)))),
  }

  test.each(Object.entries(sets))('%s: numbers in their order, the same each time', (_, past) => {
    const { found } = ask(past)
    expect(ask(past).found).toEqual(found)
    for (const quantiles of found) {
      quantiles.forEach((values, share) =>
        values.forEach((value, step) => {
          expect(Number.isFinite(value)).toBe(true)
          if (share > 0) expect(value).toBeGreaterThanOrEqual(quantiles[share - 1]![step]!)
        }),
      )
    }
  })

  test('what never moved stays, with an interval around it', () => {
    const { found } = ask([...someSeries(30, 9), new Float64Array(9).fill(7)])
    const still = found.at(-1)!
    expect(Array.from(still[3]!)).toEqual([7, 7, 7])
    expect(still[1]![0]!).toBeLessThan(7)
    expect(still[5]![0]!).toBeGreaterThan(7)
  })

  test('where no value was ever negative none is forecast, else they are', () => {
    const falling = someSeries(40, 9).map((one) => one.map((value, t) => Math.max(0, value - 14 * t)))
    const lowest = (past: Float64Array[]) =>
      Math.min(...ask(past).found.flatMap((one) => Array.from(one[0]!)))
    expect(lowest(falling)).toBe(0)
    expect(lowest(falling.map((one) => one.map((value) => value - 5)))).toBeLessThan(0)
  })

  test('few series and short ones are helped out by public ones, many long ones are not', () => {
    expect(ask(someSeries(5, 9)).model.learned).toEqual({ series: 5, lent: 181 })
    expect(ask(someSeries(120, 6)).model.learned).toEqual({ series: 120, lent: 181 })
    expect(ask(someSeries(120, 9)).model.learned).toEqual({ series: 120, lent: 0 })
  })

  test('public series are of the length that is asked about, and numbered behind the own ones', () => {
    const own = someSeries(5, 6)
    const windows = own.flatMap((one, index) => cutWindows(one, { horizon: 3, series: index }))
    const lent = lendWindows(windows, own, { horizon: 3, shortest: 4 })
    expect(Math.min(...lent.map(({ series }) => series))).toBe(5)
    expect(Math.max(...lent.map(({ series }) => series))).toBe(185)
    const lengthOf = ({ features }: Window) => Math.round(Math.exp(3 * features[9]!))
    expect(new Set(lent.map(lengthOf))).toEqual(new Set([4, 5, 6]))
  })

  test('a single value is enough to be forecast, and a horizon of which too little is known is refused', () => {
    const { found } = ask([Float64Array.of(5)])
    expect(found[0]![1]![0]!).toBeLessThan(found[0]![5]![0]!)
    expect(() => ask(someSeries(5, 9), { ...quick, horizon: 21 })).toThrow(RangeError)
  })

  test('of many series a part is learned from, by the seed; of fewer all', () => {
    const many = Array.from({ length: 5000 }, () => new Float64Array(10))
    const part = choosePart(many, 1, 4)
    expect(part).toHaveLength(4000)
    expect(choosePart(many, 1, 4)).toEqual(part)
    expect(choosePart(many, 2, 4)).not.toEqual(part)
    expect(choosePart(many.slice(0, 3), 1, 4)).toEqual([0, 1, 2])
  })

  test('intervals of steps that short series tell nothing of go on growing', () => {
    const { found } = ask(someSeries(120, 6), { ...quick, horizon: 6, epochs: 4 })
    for (const [, lower, , , , upper] of found) {
      for (let step = 2; step < 6; step++)
        expect(upper![step]! - lower![step]!).toBeGreaterThan(upper![step - 1]! - lower![step - 1]!)
    }
  })

  test('the methods beside the networks are those that missed least where it was tried', () => {
    const normal = normals(seeded(3))
    const level = Array.from({ length: 60 }, (_, index) =>
      Float64Array.from({ length: 12 }, () => 100 + index + 5 * normal()),
    )
    const trend = Array.from({ length: 60 }, (_, index) =>
      Float64Array.from({ length: 12 }, (_, t) => 100 + (1 + index / 60) * 10 * t + normal()),
    )
    expect(ask(level).model.methods[0]).toBe('mean')
    expect(ask(trend).model.methods).not.toContain('mean')
  })
})
