import { expect, test } from 'vitest'
import { accuracyOf } from './accuracy.ts'

test('measures are those of a series worked by hand', () => {
  // Steps of the past 1 and 3: scale 2. Misses 2 and 4: sMAPE (200 * 2 / 18 + 200 * 4 / 16) / 2, MASE 3 / 2.
  const one = {
    past: Float64Array.of(4, 5, 8),
    future: Float64Array.of(10, 10),
    mean: Float64Array.of(8, 6),
    bounds: {
      lower80: Float64Array.of(7, 5),
      upper80: Float64Array.of(9, 7),
      lower95: Float64Array.of(5, 4),
      upper95: Float64Array.of(11, 8),
    },
  }
  const found = accuracyOf([one])
  expect(found.smape).toBeCloseTo((400 / 18 + 50) / 2, 10)
  expect(found.mase).toBeCloseTo(1.5, 10)
  // Of the 95 % intervals 5..11 holds 10, 4..8 misses it by 2: ((6) + (4 + 40 * 2)) / 2, over the scale.
  expect(found).toMatchObject({ series: 1, cov80: 0, cov95: 0.5, msis95: (6 + 84) / 2 / 2 })
})

test('a series that never moved counts for sMAPE alone', () => {
  const still = {
    past: Float64Array.of(5, 5),
    future: Float64Array.of(5),
    mean: Float64Array.of(5),
    bounds: null,
  }
  const moved = { ...still, past: Float64Array.of(4, 5), future: Float64Array.of(7) }
  expect(accuracyOf([still, moved])).toEqual({
    series: 2,
    smape: 200 / 12,
    mase: 2,
    cov80: null,
    cov95: null,
    msis95: null,
  })
})
