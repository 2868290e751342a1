import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smape } from '../metrics/accuracy.ts'
import { minimise } from './minimise.ts'
import { pool, poolMethods } from './pool.ts'
import type { PoolMethod } from './pool.ts'
import { chooseFit, fit, meanOf, spreadOfFit } from './smoothing.ts'

interface Known {
  id: string
  train: number[]
  test: number[]
  smape: Record<'naive' | 'drift' | 'ses' | 'theta' | 'mean', number>
}
const known = JSON.parse(
  readFileSync(new URL('../fixtures/m3-yearly.json', import.meta.url), 'utf8'),
) as Known[]

describe.each(known)('series $id of M3', ({ train, test: after, smape: published }) => {
  const past = Float64Array.from(train)
  const missed = (method: PoolMethod) =>
    smape({ past, future: Float64Array.from(after), mean: pool[method](past, after.length), bounds: null })

  test('what R computes without searching comes out to six digits', () => {
    expect(missed('naive')).toBeCloseTo(published.naive, 4)
    expect(missed('drift')).toBeCloseTo(published.drift, 4)
    expect(missed('mean')).toBeCloseTo(published.mean, 4)
  })

  test('what R searches for comes out within a tenth of a point', () => {
    expect(Math.abs(missed('simpleSmoothing') - published.ses)).toBeLessThan(0.1)
    expect(Math.abs(missed('theta') - published.theta)).toBeLessThan(0.1)
  })
})

const anySeries = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
  .map((values) => Float64Array.from(values))

test('every method answers every series with finite numbers, and moves and scales with it', () => {
  const positive = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 2, maxLength: 14 })
  fc.assert(
    fc.property(anySeries, fc.integer({ min: 1, max: 6 }), (series, horizon) => {
      for (const method of poolMethods) {
        const found = pool[method](series, horizon)
        expect(found).toHaveLength(horizon)
        if (!method.startsWith('log')) expect(found.every(Number.isFinite)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
  fc.assert(
    fc.property(positive, (values) => {
      const series = Float64Array.from(values)
      for (const method of [
        'naive',
        'mean',
        'drift',
        'recentDrift',
        'dampedDrift',
        'autoregression',
      ] as const) {
        const doubled = pool[method](
          series.map((value) => 2 * value),
          3,
        )
        pool[method](series, 3).forEach((value, step) => {
          expect(doubled[step]! / 2).toBeCloseTo(value, 6)
        })
      }
    }),
  )
})

test('a straight line goes on, by every method that knows trends', () => {
  const line = Float64Array.from({ length: 12 }, (_, t) => 10 + 3 * t)
  for (const method of ['drift', 'recentDrift', 'holt'] as const) {
    pool[method](line, 3).forEach((value, step) => {
      expect(value).toBeCloseTo(46 + 3 * step, 1)
    })
  }
  const growth = Float64Array.from({ length: 12 }, (_, t) => 5 * 1.2 ** t)
  pool.logHolt(growth, 2).forEach((value, step) => {
    expect(value / (5 * 1.2 ** (12 + step))).toBeCloseTo(1, 2)
  })
})

test('the search finds the valley of Rosenbrock', () => {
  const cost = ([x = 0, y = 0]: Float64Array) => 100 * (y - x * x) ** 2 + (1 - x) ** 2
  const found = minimise(cost, { at: [-1.2, 1], step: [0.5, 0.5] }, 1000)
  expect(found[0]).toBeCloseTo(1, 3)
  expect(found[1]).toBeCloseTo(1, 3)
})

describe('exponential smoothing', () => {
  test('intervals of a random walk grow with the root of the horizon', () => {
    const steps = [1, -1, 1, 1, -1, -1, 1, -1, 1, 1, -1, 1]
    let level = 100
    const walk = Float64Array.from(steps, (step) => (level += 5 * step))
    const found = { ...fit(walk, { error: 'added', trend: 'none' })!, alpha: 1 }
    const { deviation } = spreadOfFit(found, 4)
    expect(deviation[3]! / deviation[0]!).toBeCloseTo(2, 6)
  })

  test('a damped trend levels off at growth times phi / (1 - phi)', () => {
    const found = {
      ...fit(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), { error: 'added', trend: 'damped' })!,
      phi: 0.9,
    }
    const far = meanOf({ ...found, level: 10, growth: 1 }, 200)
    expect(far[199]).toBeCloseTo(10 + 0.9 / 0.1, 4)
  })

  test('of a straight line a form with a trend is chosen, of a level one without', () => {
    const noise = [0.3, -0.2, 0.1, -0.4, 0.2, 0.4, -0.3, 0.1, -0.1, 0.2, -0.3, 0.1, 0.3, -0.2]
    const line = Float64Array.from(noise, (one, t) => 100 + 5 * t + one)
    const level = Float64Array.from(noise, (one) => 100 + one)
    expect(chooseFit(line)!.form.trend).not.toBe('none')
    expect(chooseFit(level)!.form.trend).toBe('none')
  })

  test('a series of two values has no form', () => {
    expect(chooseFit(Float64Array.of(1, 2))).toBeNull()
  })
})
