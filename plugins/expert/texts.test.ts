import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import en from './messages/en.json' with { type: 'json' }

const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
const sources = files.filter(
  (name) => /(?<!\.test)\.ts$/.test(name) && !/(^|\/)(node_modules|test-)/.test(name),
)
const codes = sources.flatMap((name) =>
  [
    ...readFileSync(new URL(name, import.meta.url), 'utf8').matchAll(
      /(?:UstazError|refusal)\(\s*'expert\.([a-z-]+)'/g,
    ),
  ].map(([, code]) => code ?? ''),
)

test('every problem that the plugin names has a title and a sentence', () => {
  const named = [...new Set(codes)]
  expect(named.length).toBeGreaterThan(20)
  const problems: Record<string, { title: string; detail: string } | undefined> = en.problem
  expect(named.filter((code) => !problems[code]?.title || !problems[code].detail)).toEqual([])
})

type Texts = { [key: string]: string | Texts }
const keysOf = (texts: Texts, above = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : keysOf(value, `${above}${key}.`),
  )
const pages = files
  .filter((name) => /^web\/.*(?<!\.test)\.(vue|ts)$/.test(name))
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('\n')
const known = keysOf(en.panels.consultation)

test('every text that a page names is there', () => {
  const named = [...pages.matchAll(/\bown\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? '')
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((key) => !known.includes(key))).toEqual([])
})

test('every text is used: named in a page, or below a beginning that is completed there', () => {
  const literals = new Set([...pages.matchAll(/'([\w.-]+)'/g)].map(([, key]) => key))
  const beginnings = [...pages.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start]) => start ?? '')
  const isUsed = (key: string) =>
    key === 'title' || literals.has(key) || beginnings.some((start) => key.startsWith(start))
  expect(known.filter((key) => !isUsed(key))).toEqual([])
})
