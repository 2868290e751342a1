import { describe, expect, test } from 'vitest'
import published from '../fixtures/variance-components.json' with { type: 'json' }
import { setUpEquations } from './equations.ts'
import { fit } from './fit.ts'
import type { Fit } from './fit.ts'

const { dyestuff, dyestuff2, pastes, penicillin } = published

/** Variances and criterion as lme4 prints them (Bates, lme4: Mixed-effects modeling with R, draft of 2010, chapters 1 and 2). */
describe('finds the published estimates', () => {
  test.each([0, 1])(
    'of one factor, %i of them eliminated sparsely: yields of batches of a dyestuff',
    (early) => {
      const found = fitTo(dyestuff.flat(), [levels(dyestuff.length, 5)], early)
      expect(found.variances[0]).toBeCloseTo(1764.05, 2)
      expect(found.noise).toBeCloseTo(2451.25, 2)
      expect(found.criterion).toBeCloseTo(319.6543, 4)
      expect(found.mean).toBeCloseTo(1527.5, 9)
      // Batch means 1505, 1528, 1564, 1498, 1600, 1470, drawn by 5 x 1764.05 / (5 x 1764.05 + 2451.25) = 0.782527 of their distance.
      expect(found.effects[0]!.map((value) => Number(value.toFixed(3)))).toEqual([
        -17.607, 0.391, 28.562, -23.085, 56.733, -44.995,
      ])
    },
  )

  test('of a factor that explains nothing: variance 0, and the likelihood of a plain mean', () => {
    const found = fitTo(dyestuff2.flat(), [levels(dyestuff2.length, 5)], 1)
    expect(found.zero).toEqual([true])
    expect(found.variances[0]).toBe(0)
    expect(Math.sqrt(found.noise)).toBeCloseTo(3.7157, 4)
    expect(found.criterion).toBeCloseTo(161.8283, 4)
    expect([...found.effects[0]!].every((effect) => effect === 0)).toBe(true)
  })

  test.each([0, 1, 2])('of casks within batches, %i factors eliminated sparsely', (early) => {
    const found = fitTo(pastes.flat(2), [levels(30, 2), levels(10, 6)], early)
    expect(found.variances.map(Math.sqrt)).toEqual([expect.closeTo(2.9041, 4), expect.closeTo(1.2874, 4)])
    expect(Math.sqrt(found.noise)).toBeCloseTo(0.8234, 4)
    expect(found.criterion).toBeCloseTo(246.9907, 4)
    expect(found.mean).toBeCloseTo(60.0533, 4)
  })

  test.each([0, 1, 2])('of plates crossed with samples, %i factors eliminated sparsely', (early) => {
    const samples = Array.from({ length: 24 * 6 }, (_, index) => index % 6)
    const found = fitTo(penicillin.flat(), [levels(24, 6), samples], early)
    expect(found.variances).toEqual([expect.closeTo(0.71691, 5), expect.closeTo(3.73092, 5)])
    expect(found.noise).toBeCloseTo(0.30242, 5)
    expect(found.criterion).toBeCloseTo(330.8606, 4)
    expect(found.mean).toBeCloseTo(22.9722, 4)
  })
})

test('nothing is known of noise where the answers of a level are all the same', () => {
  const equations = equationsOf([1, 1, 2, 2, 4, 4], [levels(3, 2)], 1)
  expect(fit(equations, [0])).toBe(null)
})

test('with half a logarithm added, a variance that would be 0 is above it', () => {
  const equations = equationsOf(dyestuff2.flat(), [levels(6, 5)], 1)
  const found = fit(equations, [0.5])!
  expect(found.zero).toEqual([false])
  expect(Math.abs(found.gradient[0]!)).toBeLessThan(1e-6)
  expect(found.ratios[0]! * found.noise).toBeCloseTo(1.3756, 3)
})

function levels(count: number, each: number): number[] {
  return Array.from({ length: count * each }, (_, index) => Math.floor(index / each))
}

function equationsOf(values: readonly number[], factors: readonly number[][], early: number) {
  const shift = Math.round(values[0]!)
  const sums = Float64Array.from(values, (value) => value - shift)
  return setUpEquations(
    {
      counts: new Float64Array(values.length).fill(1),
      sums,
      squares: sums.reduce((sum, value) => sum + value * value, 0),
      shift,
      factors: factors.map((of, index) => ({
        name: String(index),
        levels: Math.max(...of) + 1,
        of: Int32Array.from(of),
      })),
    },
    early,
  )
}

function fitTo(values: readonly number[], factors: readonly number[][], early: number) {
  const equations = equationsOf(values, factors, early)
  const found = fit(
    equations,
    factors.map(() => 0),
  )
  if (!found) throw new Error('noise is not known')
  return {
    ...found,
    variances: found.ratios.map((ratio) => ratio * found.noise),
    mean: equations.observations.shift + found.solution.at(-1)!,
    effects: effectsOf(found),
  }
}

function effectsOf({ factorised, solution }: Fit): number[][] {
  const { starts, observations } = factorised.equations
  return observations.factors.map((factor, index) =>
    Array.from({ length: factor.levels }, (_, level) => {
      const unknown = starts[index]! + level
      return factorised.scale[unknown]! * solution[unknown]!
    }),
  )
}
