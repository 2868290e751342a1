import { describe, expect, test } from 'vitest'
import { prepareChoices } from './draw-choices.ts'
import { prepareEvaluation } from './evaluate.ts'
import { inputOf } from './example-input.ts'
import type { ExampleRun } from './example-input.ts'

function noiseOf(run: ExampleRun, weights?: number[]): number[] {
  const input = inputOf(run)
  const { official } = prepareChoices(input, { normalisations: 1, aggregations: 1 })
  const alternatives = { normalisations: [input.normalisation], aggregations: [input.aggregation] }
  const choices = weights ? { ...official, weights: Float64Array.from(weights) } : official
  const { noise } = prepareEvaluation(input, alternatives, official)(choices)
  return noise === null ? [] : Array.from(noise, (value) => Number(value.toFixed(9)))
}

describe('what the noise of points does to totals', () => {
  const rows = [
    [10, 4],
    [20, 8],
  ]
  test('independent errors of a weighted sum add up by squares', () => {
    expect(noiseOf({ rows, weights: [3, 2], noise: [1, 2, 0, 5] })).toEqual([5, 10])
    expect(noiseOf({ rows })).toEqual([])
  })

  test('other weights change it in proportion, also of an area that officially weighs nothing', () => {
    expect(noiseOf({ rows, weights: [3, 2], noise: [1, 2, 0, 5] }, [1, 4])).toEqual([
      Number(Math.sqrt(1 + 64).toFixed(9)),
      20,
    ])
    expect(noiseOf({ rows, weights: [1, 0], noise: [0, 2, 0, 5] }, [0.5, 0.5])).toEqual([1, 2.5])
  })

  test('a scale divides it: goalposts of 0 and 50', () => {
    const normalisation = { areas: { method: 'goalposts', low: '0', high: '50', factor: '100' } }
    expect(noiseOf({ rows, normalisation, noise: [1, 0, 0, 3] })).toEqual([2, 6])
  })

  test('a geometric mean has it in proportion to the total: half of 1 % of sqrt(10 x 4)', () => {
    const [first] = noiseOf({ rows, aggregation: { method: 'geometric' }, noise: [0.1, 0, 0, 0] })
    expect(first).toBeCloseTo(0.005 * Math.sqrt(40), 5)
  })

  test('where one direction has no total the other one speaks', () => {
    const [, second] = noiseOf({
      rows: [
        [5, 5],
        [1, 4],
      ],
      aggregation: { method: 'geometric' },
      noise: [0, 0, 3, 0],
    })
    // 1 - 3 is negative; (1 + 3) x 4 has the root 4, 1 x 4 the root 2.
    expect(second).toBe(2)
  })
})
