import { expect, test } from 'vitest'
import { findOverloads } from './check-rates.ts'

const post = (rate: string, from: string, to: string | null = null) => ({
  rate,
  starts_on: from,
  ends_on: to,
})

test('rates of one day are added, first and last day included', () => {
  const held = [
    post('1', '2024-01-01', '2024-06-30'),
    post('1', '2024-06-30', '2024-12-31'),
    post('0.5', '2024-06-01'),
  ]
  // 1 + 1 + 0.5 on the 30th of June only.
  expect(findOverloads(held)).toEqual([{ from: '2024-06-30', to: '2024-06-30', thousandths: 2500 }])
})

test('exactly 2 is not more than 2, though its tenths are not exact in binary', () => {
  const held = Array.from({ length: 20 }, (_, i) => post('0.1', `2024-01-${String(i + 1).padStart(2, '0')}`))
  expect(findOverloads(held)).toEqual([])
  expect(findOverloads([...held, post('0.001', '2024-03-01')])).toEqual([
    { from: '2024-03-01', to: null, thousandths: 2001 },
  ])
})
