import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spreadOf } from './league-standings.ts'

it('tells nothing of fewer than five people', () => {
  expect(spreadOf([1, 2, 3, 4], 2)).toEqual({ median: null, ranges: [] })
})

it('joins ranges until each holds five, the last one with what is left over', () => {
  // 0 to 60 is cut by 5: five people lie in 0 to 25, the sixth far above.
  expect(spreadOf([0, 5, 10, 15, 20, 60], 0)).toEqual({
    median: '13',
    ranges: [{ from: '0', to: '65', count: 6 }],
  })
  expect(spreadOf([0, 1, 2, 3, 4, 50, 51, 52, 53, 60], 1)).toEqual({
    median: '27.0',
    ranges: [
      { from: '0.0', to: '5.0', count: 5 },
      { from: '5.0', to: '65.0', count: 5 },
    ],
  })
})

it('counts everybody once in ranges that follow each other, whatever the totals are', () => {
  const totals = fc.array(
    fc.integer({ min: -50_000, max: 200_000 }).map((cents) => cents / 100),
    {
      minLength: 5,
      maxLength: 60,
    },
  )
  fc.assert(
    fc.property(totals, (values) => {
      const { ranges } = spreadOf(
        [...values].sort((a, b) => a - b),
        2,
      )
      expect(ranges.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
      for (const [index, { from, to, count }] of ranges.entries()) {
        expect(count).toBeGreaterThanOrEqual(5)
        if (index > 0) expect(from).toBe(ranges[index - 1]!.to)
        const inside = values.filter((value) => value >= Number(from) && value < Number(to) + 1e-9)
        expect(inside.length).toBeGreaterThanOrEqual(count)
      }
    }),
  )
})
