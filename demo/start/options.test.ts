import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('what is not said stays open', () => {
  expect(readOptions([])).toEqual({
    fresh: false,
    once: false,
    help: false,
    seed: null,
    teachers: null,
    port: null,
  })
})

test('all options are read', () => {
  expect(readOptions(['--fresh', '--once', '--teachers', '60', '--seed', 'ақ-2', '--port', '0'])).toEqual({
    fresh: true,
    once: true,
    help: false,
    seed: 'ақ-2',
    teachers: 60,
    port: 0,
  })
})

test.each([
  ['--teachers', '19'],
  ['--teachers', '100001'],
  ['--teachers', 'many'],
  ['--teachers', '1e3'],
  ['--port', '65536'],
  ['--seed', ''],
  ['--unknown'],
  ['start'],
])('%s %s is refused with the usage', (...args) => {
  expect(() => readOptions(args)).toThrow(expect.objectContaining({ code: 'demo.options' }))
})
