import { expect, test } from 'vitest'
import { readConfig } from '../../core/config.ts'
import { environmentOf, readOptions } from './options.ts'

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

test('links that are given out lead to the port that was asked for, unless an address is set', () => {
  const addressOf = (environment: Record<string, string>, port: number | null) =>
    readConfig(environmentOf(environment, { port })).publicUrl
  expect(addressOf({}, 5077)).toBe('http://127.0.0.1:5077')
  expect(addressOf({ PORT: '5000' }, null)).toBe('http://127.0.0.1:5000')
  expect(addressOf({ USTAZ_PUBLIC_URL: 'http://localhost:8080' }, 5077)).toBe('http://localhost:8080')
})
