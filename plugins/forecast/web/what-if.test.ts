import { expect, test } from 'vitest'
import { supposeGrowth } from './what-if.ts'

const known = {
  total: {
    mean: [110, 115],
    lower80: [107, 111],
    upper80: [114, 119],
    lower95: [104, 108],
    upper95: [118, 123],
  },
  parts: [
    { id: 'K1', last: 60, expected: [66, 70] },
    { id: 'K2', last: 40, expected: [44, 45] },
  ],
}

test('supposing nothing is the forecast', () => {
  expect(supposeGrowth(known, new Map())).toEqual({ ...known.total })
})

test('an area that grows as supposed moves the total, and the interval grows with the distance from what is expected', () => {
  // 40 grown by 20 % is 48, then 57.6: 4 and 12.6 more than expected. Half widths: hypot(3, 1.2816 * 4) = 5.940 down.
  const found = supposeGrowth(known, new Map([['K2', 20]]))
  expect(found.mean[0]).toBeCloseTo(114, 9)
  expect(found.mean[1]).toBeCloseTo(127.6, 9)
  expect(found.lower80[0]).toBeCloseTo(114 - Math.hypot(3, 1.2815515655 * 4), 6)
  expect(found.upper95[1]).toBeCloseTo(127.6 + Math.hypot(8, 1.9599639845 * 12.6), 6)
})

test('suppositions of several areas are unsure each for itself, also where they cancel out', () => {
  // K1 as now: 6 less than expected; K2 by 25 %: 6 more.
  const found = supposeGrowth(known, new Map([['K1', 0], ['K2', 25]])) // prettier-ignore
  expect(found.mean[0]).toBeCloseTo(110, 9)
  expect(found.upper80[0]).toBeCloseTo(110 + Math.hypot(4, 1.2815515655 * Math.hypot(6, 6)), 6)
})
