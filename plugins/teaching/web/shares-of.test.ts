import { expect, test } from 'vitest'
import { sharesOf } from './shares-of.ts'

test('counts become percents of each side, a side without students none', () => {
  const steps = Array.from({ length: 10 }, (_, i) => ({
    from: i * 10,
    own: i === 9 ? 3 : i === 5 ? 5 : 0,
    norm: 0,
  }))
  const shares = sharesOf(steps)
  expect(shares[5]).toEqual({ from: 50, to: 59, own: '62.5', norm: null })
  expect(shares[9]).toEqual({ from: 90, to: 100, own: '37.5', norm: null })
  expect(shares[0]?.own).toBe('0.0')
  expect(sharesOf([])).toEqual([])
})
