import { expect, test } from 'vitest'
import { forecastClauses } from './forecast-clauses.ts'

const title = { kk: 'c', ru: 'c', en: 'c' }
const row = (unitId: number, clause: string, points: string) => ({
  unitId,
  facultyId: 1,
  area: 'A',
  clause,
  title,
  points,
})
/** Two people in unit 10, one in unit 20; the second joins in the second period, somebody without a total never counts. */
const totals = {
  values: [
    Float64Array.of(10, 12, 14),
    Float64Array.of(Number.NaN, 6, 8),
    Float64Array.of(5, 5, Number.NaN),
    Float64Array.of(Number.NaN, Number.NaN, Number.NaN),
  ],
  group: Int32Array.of(0, 0, 1, 0),
  groups: 2,
}
const membership = {
  unit: [Int32Array.of(0, 0, 0), Int32Array.of(-1, 0, 0), Int32Array.of(1, 1, 1), Int32Array.of(0, 0, 0)],
  units: 2,
}
const unitOf = ({ unitId }: { unitId: number }) => unitId / 10 - 1

test('points of a clause are those of a person with a total, and its steps say how unsure it is', () => {
  const clauses = [
    [row(10, 'a', '10'), row(20, 'a', '5')],
    [row(10, 'a', '18'), row(20, 'a', '5')],
    [row(10, 'a', '16'), row(10, 'b', '6'), row(20, 'c', '0')],
  ]
  const found = forecastClauses({ clauses, totals, membership, unitOf }, 2)
  expect(found.map(({ unit, clause }) => [unit, clause])).toEqual([[0, 'a'], [1, 'a'], [0, 'b']]) // prettier-ignore
  const [computing, history, late] = found
  expect([...computing!.past]).toEqual([10, 9, 8])
  expect(computing!.deviation).toBe(1)
  expect(computing!.mean[0]).toBeLessThan(9)
  expect([...history!.past]).toEqual([5, 5, Number.NaN])
  expect(history!.mean[0]).toBeCloseTo(5, 6)
  expect([...late!.past]).toEqual([0, 0, 3])
})

test('a clause that gives points is not expected to take any', () => {
  const falling = ['30', '30', '1'].map((points) => [row(10, 'a', points)])
  const one = { ...totals, values: [Float64Array.of(30, 15, 0.5), totals.values[3]!] }
  const found = forecastClauses({ clauses: falling, totals: one, membership, unitOf }, 3)
  expect(found[0]!.mean.every((value) => value >= 0)).toBe(true)
})
