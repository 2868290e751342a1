import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, hashDocument } from './canonical-json.ts'

test('keys are in code unit order at every depth, without white space', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 'é' }, null], a: true, Ы: 'x', Z: '"' })).toBe(
    '{"Z":"\\"","a":true,"b":[{"c":"é","d":1},null],"Ы":"x"}',
  )
})

test('fields that are undefined are left out; what has no JSON form is refused', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
  for (const value of [undefined, NaN, Infinity, () => 1, [undefined]]) {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  }
})

test('the hash is sha256 of the canonical text in UTF-8', () => {
  const expected = createHash('sha256').update('{"a":"қ","b":2}', 'utf8').digest('hex')
  expect(hashDocument({ b: 2, a: 'қ' })).toBe(expected)
})

test('it reads back as the same value, and the order of keys does not matter', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(reversed(value))).toBe(text)
    }),
  )
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  )
}
