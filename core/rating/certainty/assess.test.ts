import { describe, expect, test } from 'vitest'
import { rankWithin } from '../composite/rank-within.ts'
import { assess, assessCertainty } from './assess.ts'
import { inputOf } from './example-input.ts'
import { openRandom } from './random.ts'

const random = openRandom(8)
const many = Array.from({ length: 60 }, () => [10 * random.uniform(), 10 * random.uniform()])

describe('nothing is open', () => {
  test('every interval is the place, every total a band, and no choice moves anybody', () => {
    const found = assessCertainty(
      inputOf({ rows: [[5], [9], [9], [1]], settings: { sensitivitySamples: 50 } }),
    )
    expect([...found.places]).toEqual([3, 1, 1, 4])
    for (const ranks of [found.lower, found.upper, found.median]) expect([...ranks]).toEqual([3, 1, 1, 4])
    expect([...found.bands]).toEqual([2, 1, 1, 3])
    expect(found.meanShift).toBe(0)
    expect(found.choices.every(({ isOpen, alone, indices }) => !isOpen && alone === null && indices === null)).toBe(true) // prettier-ignore
  })

  test('who is not ranked has no place, interval or band, and is nobody else’s rival', () => {
    const input = inputOf({ rows: [[5], [9], [7]] })
    const found = assessCertainty({ ...input, ranked: Int32Array.of(0, -1, 0) })
    expect([found.places, found.lower, found.bands].map((values) => [...values])).toEqual([
      [2, 0, 1],
      [2, 0, 1],
      [2, 0, 1],
    ])
  })

  test('nobody at all is no obstacle', () => {
    expect(assessCertainty(inputOf({ rows: [] })).meanShift).toBe(0)
  })
})

test('the places are those of totals with what is added to them, in each league', () => {
  const added = many.map((_, row) => (row % 5 === 0 ? -8 : 0))
  const leagues = many.map((_, row) => row % 3)
  const totals = Float64Array.from(many, ([a, b], row) => 2 * a! + 3 * b! + added[row]!)
  const input = inputOf({ rows: many, weights: [2, 3], added, leagues, settings: { weights: { kind: 'relative' } } }) // prettier-ignore
  const found = assessCertainty(input)
  expect(found.places).toEqual(rankWithin(totals, input.groups))
  found.places.forEach((place, row) => {
    expect(found.lower[row]).toBeLessThanOrEqual(place)
    expect(found.upper[row]).toBeGreaterThanOrEqual(place)
  })
  expect(found.meanShift).toBeGreaterThan(0)
})

test('norms that divide and limits of the total hold in every replication', () => {
  const rows = [[10], [8], [20], [30]] // prettier-ignore
  const found = assessCertainty(inputOf({ rows, factor: [2, 3, 1, 1], limits: { floor: null, cap: 20 } }))
  // 20, 24 -> 20, 20, 30 -> 20
  expect([...found.places]).toEqual([1, 1, 1, 1])
  expect([...assessCertainty(inputOf({ rows, factor: [2, 3, 1, 1] })).places]).toEqual([3, 2, 3, 1])
})

test('whoever is ahead in every area is ahead whatever the weights; two that trade areas are one band', () => {
  const rows = [[9, 9], [8, 2], [2, 8.1], [1, 1]] // prettier-ignore
  const found = assessCertainty(inputOf({ rows, settings: { weights: { kind: 'relative', range: '0.5' } } }))
  expect([...found.bands]).toEqual([1, 2, 2, 3])
  expect([...found.lower]).toEqual([1, 2, 2, 4])
  expect([...found.upper]).toEqual([1, 3, 3, 4])
})

test('the same seed gives the same result, another seed nearly the same', () => {
  const settings = {
    weights: { kind: 'relative' },
    normalisations: null,
    sensitivitySamples: 40,
    replications: 400,
  }
  const run = (seed: number) =>
    assessCertainty(
      inputOf({ rows: many, noise: many.flatMap(() => [0.3, 0]), settings: { ...settings, seed } }),
    )
  const [first, again, other] = [run(1), run(1), run(2)]
  expect(again).toEqual(first)
  expect(other.lower).not.toEqual(first.lower)
  const apart = first.lower.map((rank, row) => Math.abs(rank - other.lower[row]!))
  expect(Math.max(...apart)).toBeLessThanOrEqual(3)
})

describe('replications that fail', () => {
  // After min-max the lowest of an area has a zero, which has no place in a geometric mean.
  const input = inputOf({
    rows: [[1, 5], [4, 4], [5, 1]], // prettier-ignore
    aggregation: { method: 'geometric' },
    settings: {
      normalisations: [{ areas: { method: 'min-max' } }],
      sensitivitySamples: 100,
      replications: 300,
    },
  })
  const found = assessCertainty(input)

  test('are counted, with the area that stood in the way and those it concerned', () => {
    const { asked, failed } = found.replications
    expect(asked).toBe(300)
    expect(Math.abs(failed - 150)).toBeLessThan(40)
    expect(found.failures).toEqual([
      { code: 'area-zero', column: 0, count: failed },
      { code: 'area-zero', column: 1, count: failed },
    ])
    expect([...found.failedShare]).toEqual([failed / 300, 0, failed / 300])
    expect(found.samples.failed).toBeGreaterThan(0)
  })

  test('are no part of the intervals', () => {
    expect([...found.lower]).toEqual([...found.places])
    expect([...found.upper]).toEqual([...found.places])
  })

  test('all of them: nothing is claimed', () => {
    const none = assessCertainty({ ...input, normalisation: input.settings.normalisations![0]! })
    expect(none.replications).toEqual({ asked: 300, failed: 300 })
    expect([none.lower, none.upper, none.bands].map((values) => [...values])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect(none.meanShift).toBeNull()
  })

  test('a value without a logarithm is named as that', () => {
    const logged = { areas: { method: 'none', log: 'ln' } }
    const { failures } = assessCertainty(
      inputOf({ rows: [[0], [2]], settings: { normalisations: [logged] } }),
    )
    expect(failures.map(({ code, column }) => [code, column])).toEqual([['no-logarithm', 0]])
  })
})

test('the choice that moves most is the one that was made to', () => {
  // Weights are nearly fixed; the alternative scale turns the order of the second area round.
  const turned = { areas: { method: 'none' }, byArea: { 1: { method: 'none', factor: '-1' } } }
  const settings = {
    weights: { kind: 'relative', range: '0.01' },
    normalisations: [turned],
    sensitivitySamples: 100,
  }
  const { choices } = assessCertainty(inputOf({ rows: many, settings }))
  const [weights, normalisation] = choices
  expect(normalisation!.alone).toBeGreaterThan(5 * weights!.alone!)
  expect(normalisation!.indices!.total.value).toBeGreaterThan(0.9)
  expect(weights!.indices!.total.value).toBeLessThan(0.1)
})

test('progress rises to the end, one evaluation a step', () => {
  const settings = { weights: { kind: 'relative' }, replications: 100, sensitivitySamples: 20 }
  const steps = [...assess(inputOf({ rows: many, settings }))]
  expect(steps).toHaveLength(100 + 20 * 3)
  expect(steps.toSorted((a, b) => a - b)).toEqual(steps)
  expect(steps.at(-1)).toBe(1)
})
