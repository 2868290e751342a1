import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import en from './en.json' with { type: 'json' }
import kk from './kk.json' with { type: 'json' }
import ru from './ru.json' with { type: 'json' }

type Texts = { [key: string]: string | Texts }
const flat = (texts: Texts, above = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[above + key, value] as [string, string]] : flat(value, `${above}${key}.`),
  )
const keysOf = (texts: Texts) => flat(texts).map(([key]) => key)

const root = new URL('../', import.meta.url)
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(vue|ts)$/.test(path) && !/(^|\/)(node_modules|dist)\/|\.test\.ts$/.test(path))
  .map((path) => readFileSync(new URL(path, root), 'utf8'))
  .join('\n')

test('the three languages have the same keys', () => {
  expect(keysOf(ru)).toEqual(keysOf(kk))
  expect(keysOf(en)).toEqual(keysOf(kk))
})

test('no text is empty, and placeholders agree between the languages', () => {
  const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
  const [russian, english] = [new Map(flat(ru)), new Map(flat(en))]
  for (const [key, text] of flat(kk)) {
    expect(text.trim(), key).not.toBe('')
    expect(placeholders(russian.get(key) ?? ''), key).toEqual(placeholders(text))
    expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text))
  }
})

test('every key that the source names is there', () => {
  const known = new Set(keysOf(kk))
  const named = [...sources.matchAll(/\bt\(\s*'([a-zA-Z0-9.-]+)'/g)].map(([, key]) => key ?? '')
  expect(named.filter((key) => !known.has(key))).toEqual([])
})

test('every text is used: named in the source, or below a prefix that is completed there', () => {
  const prefixes = [...sources.matchAll(/`([a-zA-Z0-9]+(?:\.[a-zA-Z0-9]+)*\.)\$\{/g)].map(
    ([, prefix]) => prefix ?? '',
  )
  const literals = new Set(
    [...sources.matchAll(/'([a-zA-Z0-9]+(?:\.[a-zA-Z0-9-]+)+)'/g)].map(([, key]) => key ?? ''),
  )
  const patterns = [...sources.matchAll(/`([a-zA-Z0-9.]+)\$\{[^}`]*\}([a-zA-Z0-9.]*)`/g)].map(
    ([, start = '', end = '']) => [start, end] as const,
  )
  const isUsed = (key: string) =>
    literals.has(key) ||
    prefixes.some((prefix) => prefix.split('.').length > 2 && key.startsWith(prefix)) ||
    patterns.some(([start, end]) => start.includes('.') && key.startsWith(start) && key.endsWith(end))
  expect(keysOf(kk).filter((key) => !isUsed(key))).toEqual([])
})
