import { expect, test } from 'vitest'
import { limitOf } from './limit.ts'

test.each([
  ['0.10', 0.1],
  ['0,1', 0.1],
  [' 0.125 ', 0.125],
  ['0', 0],
  ['1', 1],
  ['1.5', null],
  ['-0.1', null],
  ['0.1234', null],
  ['ten', null],
  ['', null],
])('%j as a limit: %s', (typed, limit) => {
  expect(limitOf(typed)).toBe(limit)
})
