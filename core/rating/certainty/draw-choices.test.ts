import { expect, test } from 'vitest'
import { prepareChoices } from './draw-choices.ts'
import { inputOf } from './example-input.ts'

const rows = [[1, 2, 3]]
const draws = (weights: Record<string, unknown>, official: number[], count = 2000) => {
  const input = inputOf({ rows, weights: official, settings: { weights, replications: count } })
  const { draw } = prepareChoices(input, { normalisations: 1, aggregations: 1 })
  return Array.from({ length: count }, (_, index) => [...draw(index + 1, 'A').weights])
}
const meanOf = (values: number[]) => values.reduce((a, b) => a + b) / values.length
const total = (weights: number[]) => weights.reduce((a, b) => a + b)

test('weights within a range keep their total and stay near the official ones on average', () => {
  const drawn = draws({ kind: 'relative', range: '0.25' }, [50, 30, 20])
  for (const weights of drawn) {
    expect(total(weights)).toBeCloseTo(100, 9)
    // 0.75 / 1.25 and 1.25 / 0.75 are the furthest that two weights move against each other.
    expect(weights[0]! / weights[1]! / (50 / 30)).toBeGreaterThan(0.6)
    expect(weights[0]! / weights[1]! / (50 / 30)).toBeLessThan(5 / 3)
  }
  expect(meanOf(drawn.map(([weight]) => weight!))).toBeCloseTo(50, 0)
})

test('shares from a Dirichlet distribution have its mean and variance', () => {
  const drawn = draws({ kind: 'dirichlet', concentration: '20' }, [5, 3, 2], 8000)
  const shares = drawn.map(([weight]) => weight! / 10)
  expect(meanOf(shares)).toBeCloseTo(0.5, 2)
  // p (1 - p) / (concentration + 1)
  expect(meanOf(shares.map((share) => (share - 0.5) ** 2))).toBeCloseTo(0.25 / 21, 3)
  expect(draws({ kind: 'dirichlet', concentration: '20' }, [5, 0, 5], 100).every(([, weight]) => weight === 0)).toBe(true) // prettier-ignore
})

test('intervals are kept in proportion; areas that are not named keep their weight among the others', () => {
  const drawn = draws({ kind: 'intervals', byArea: { 0: { low: '10', high: '30' } } }, [20, 40, 40])
  for (const weights of drawn) {
    expect(total(weights)).toBeCloseTo(100, 9)
    expect(weights[1]).toBe(weights[2])
    expect(weights[0]! / weights[1]!).toBeGreaterThanOrEqual(10 / 40 - 1e-12)
    expect(weights[0]! / weights[1]!).toBeLessThanOrEqual(30 / 40 + 1e-12)
  }
})

test('every replication draws the same whatever was drawn before it, the two samples differ, and what is closed stays official', () => {
  const input = inputOf({
    rows,
    noise: [1, 0, 0],
    settings: { weights: { kind: 'relative' }, replications: 100 },
  })
  const count = { normalisations: 3, aggregations: 1 }
  const forward = prepareChoices(input, count)
  const later = prepareChoices(input, count)
  later.draw(50, 'B')
  expect(later.draw(7, 'A')).toEqual(forward.draw(7, 'A'))
  expect(forward.draw(7, 'B').weights).not.toEqual(forward.draw(7, 'A').weights)
  expect([...forward.open]).toEqual(['weights', 'normalisation', 'noise'])
  const other = prepareChoices({ ...input, settings: { ...input.settings, seed: 2 } }, count)
  expect(other.draw(7, 'A').weights).not.toEqual(forward.draw(7, 'A').weights)
  const fixed = prepareChoices(inputOf({ rows }), { normalisations: 1, aggregations: 1 })
  expect(fixed.draw(1, 'A')).toEqual(fixed.official)
  expect(fixed.open.size).toBe(0)
})

test('alternatives are chosen equally often; errors are spread evenly, one in each of as many stretches', () => {
  const input = inputOf({ rows, noise: [1, 0, 0], settings: { replications: 1000 } })
  const { draw } = prepareChoices(input, { normalisations: 4, aggregations: 1 })
  const drawn = Array.from({ length: 1000 }, (_, index) => draw(index + 1, 'A'))
  for (let alternative = 0; alternative < 4; alternative++)
    expect(Math.abs(drawn.filter(({ normalisation }) => normalisation === alternative).length - 250)).toBeLessThan(50) // prettier-ignore
  const errors = drawn.map(({ noise }) => noise).sort((a, b) => a - b)
  // 5 % lie below -1.645, to within one stretch.
  expect(errors.filter((error) => error < -1.6448536).length).toBeGreaterThanOrEqual(49)
  expect(errors.filter((error) => error < -1.6448536).length).toBeLessThanOrEqual(51)
})
