import { expect, test } from 'vitest'
import { couplesOf, pairOfStep, stepOf, steps, withPair } from './scale.ts'

const area = (id: string) => ({ id, title: { kk: id, ru: id, en: id } })
const [a, b, c, d] = ['A', 'B', 'C', 'D'].map(area) as [ReturnType<typeof area>, ...ReturnType<typeof area>[]]

test('couples come so that the areas compared with each other grow one by one', () => {
  expect(couplesOf([a, b!, c!, d!]).map(([x, y]) => x.id + y.id)).toEqual([
    'AB',
    'AC',
    'BC',
    'AD',
    'BD',
    'CD',
  ])
})

test('every step makes a comparison that is found at the same step', () => {
  expect(steps).toHaveLength(17)
  for (const step of steps) {
    const pair = pairOfStep([a, b!], step)
    expect(pair.times).toBeGreaterThanOrEqual(1)
    expect(stepOf([a, b!], [pair])).toEqual(step)
  }
  expect(pairOfStep([a, b!], { more: 'second', times: 5 })).toEqual({ area: 'B', over: 'A', times: 5 })
})

test('a comparison takes the place of the one of the same areas, whichever was more important', () => {
  const before = [
    { area: 'B', over: 'A', times: 5 },
    { area: 'A', over: 'C', times: 2 },
  ]
  const next = withPair(before, [a, b!], { area: 'A', over: 'B', times: 3 })
  expect(next).toEqual([before[1], { area: 'A', over: 'B', times: 3 }])
  expect(withPair(next, [a, b!], null)).toEqual([before[1]])
  expect(stepOf([a, b!], [before[1]!])).toBeNull()
})
