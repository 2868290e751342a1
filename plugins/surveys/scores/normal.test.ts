import { expect, test } from 'vitest'
import { normalAbove, normalReach } from './normal.ts'

test('agrees with tables of the normal distribution', () => {
  expect(normalAbove(0)).toBeCloseTo(0.5, 6)
  expect(normalAbove(1)).toBeCloseTo(0.1586553, 6)
  expect(normalAbove(-1)).toBeCloseTo(0.8413447, 6)
  expect(normalAbove(normalReach[90])).toBeCloseTo(0.05, 6)
  expect(normalAbove(normalReach[95])).toBeCloseTo(0.025, 6)
  expect(normalAbove(5)).toBeCloseTo(2.8665e-7, 6)
})
