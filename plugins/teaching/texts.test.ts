import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import en from './messages/en.json' with { type: 'json' }

const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
const textOf = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

type Texts = { [key: string]: string | Texts }
const keysOf = (texts: Texts, above = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : keysOf(value, `${above}${key}.`),
  )

test('every problem and issue that the plugin names has a text', () => {
  const sources = files.filter(
    (name) => /(?<!\.test)\.ts$/.test(name) && !/(^|\/)(node_modules|web|test-)/.test(name),
  )
  const found = (pattern: RegExp) => [
    ...new Set(sources.flatMap((name) => [...textOf(name).matchAll(pattern)].map(([, code]) => code ?? ''))),
  ]
  const problems = found(/(?:UstazError\(\s*'teaching\.|refusal\(')([a-z-]+)'/g)
  expect(problems.length).toBeGreaterThan(5)
  expect(problems.filter((code) => !Object.hasOwn(en.problem, code))).toEqual([])
  const issues = found(/(?:\bwrong\('|code: 'teaching\.)([a-z-]+)'/g)
  expect(issues.length).toBe(5)
  expect(issues.filter((code) => !Object.hasOwn(en.issue, code))).toEqual([])
})

const pages = files
  .filter((name) => /^web\/.*(?<!\.test)\.(vue|ts)$/.test(name))
  .map(textOf)
  .join('\n')
const known = [...keysOf(en.panels.results), ...keysOf(en.panels.import)]

test('every text that a page names is there', () => {
  const named = [...pages.matchAll(/\b(?:own|ofResults)\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? '')
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((key) => !known.includes(key))).toEqual([])
})

test('every text is used: named in a page, or below a beginning that is completed there', () => {
  const literals = new Set([...pages.matchAll(/'([\w.-]+)'/g)].map(([, key]) => key))
  const beginnings = [...pages.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start]) => start ?? '')
  const isUsed = (key: string) => literals.has(key) || beginnings.some((start) => key.startsWith(start))
  expect(known.filter((key) => !isUsed(key))).toEqual([])
})
