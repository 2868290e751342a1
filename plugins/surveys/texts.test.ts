import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import en from './messages/en.json' with { type: 'json' }
import { textOf } from './texts.ts'

const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const sources = files.filter(
  (name) => /(?<!\.test)\.ts$/.test(name) && !/(^|\/)(node_modules|test-)|^(web|page)\//.test(name),
)

test('every problem and every fault of a cell that the plugin names has its words, and none is left over', () => {
  const named = sources.flatMap((name) =>
    [...read(name).matchAll(/'surveys\.([a-z-]+)'/g)].map(([, code]) => code ?? ''),
  )
  const known = [...Object.keys(en.problem), ...Object.keys(en.issue)]
  expect([...new Set(named)].sort()).toEqual(known.sort())
})

test('a text that is not there is shown by its key', () => {
  expect(textOf('en', 'refusals.group', { value: 'A' })).toBe('There is no group “A” in this survey.')
  expect(textOf('en', 'refusals.nothing')).toBe('refusals.nothing')
})

type Texts = { [key: string]: string | Texts }
const keysOf = (texts: Texts, above = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : keysOf(value, `${above}${key}.`),
  )

test('every text of the pages is used, and every text that they name is there', () => {
  const pages = files
    .filter((name) => /^web\/.*\.(vue|ts)$/.test(name))
    .map(read)
    .join('\n')
  const known = keysOf(en.panels.surveys)
  const named = [...pages.matchAll(/\bown\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? '')
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((key) => !known.includes(key))).toEqual([])
  const literals = new Set([...pages.matchAll(/'([\w.-]+)'/g)].map(([, key]) => key))
  const beginnings = [...pages.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start]) => start ?? '')
  const unused = known.filter(
    (key) => !literals.has(key) && !beginnings.some((start) => key.startsWith(start)),
  )
  expect(unused.filter((key) => key !== 'title')).toEqual([])
})

test('every text of the phone is used, and every text that it names is there', () => {
  const pages = files
    .filter((name) => /^page\/.*\.ts$/.test(name))
    .map(read)
    .join('\n')
  const literals = new Set([...pages.matchAll(/'([\w.-]+)'/g)].map(([, key]) => key))
  const known = Object.keys(en.page)
  expect(known.filter((key) => !literals.has(key.replace(/Title$/, '')) && !literals.has(key))).toEqual([])
  const said = [...pages.matchAll(/\bsay\(language, '(\w+)'/g)].map(([, key]) => key ?? '')
  expect(said.length).toBeGreaterThan(8)
  expect(said.filter((key) => !known.includes(key))).toEqual([])
})
