import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { textOf } from './texts.ts'

/** Codes written out in the sources of a folder, in calls such as note('day-unknown', ...). */
function codesIn(folder: string, call: RegExp): string[] {
  const files = readdirSync(new URL(folder, import.meta.url)).filter((name) => /(?<!\.test)\.ts$/.test(name))
  const sources = files.map((name) => readFileSync(new URL(`${folder}/${name}`, import.meta.url), 'utf8'))
  return [...new Set(sources.flatMap((text) => [...text.matchAll(call)].map(([, code]) => code ?? '')))]
}
const identifiers = codesIn('.', /\| '((?:doi|issn|isbn|orcid)-[a-z]+)'/g)
const notes = [...identifiers, ...codesIn('import', /\bnote\('([a-z-]+)'/g)]
const refusals = [
  ...codesIn('import', /'(entry-(?:syntax|not-[a-z]+))'/g),
  ...codesIn('import', /\b(?:refuse|refusedFile)\('([a-z-]+)'/g),
  ...codesIn('journals', /\b(?:refused|refusedList)\('([a-z-]+)'/g),
]
const offline = codesIn(
  '.',
  /'(unreachable|timeout|server-error|rate-limited|answer-unreadable|switched-off)'/g,
)
const agreements = ['same', 'transliterated', 'sounds-alike', 'initial']
const reasons = [
  ...codesIn('authors', /\breason\('([a-z-]+)'/g),
  ...['given', 'patronymic'].flatMap((part) => agreements.map((how) => `${part}-${how}`)),
  ...agreements.filter((how) => how !== 'initial').map((how) => `family-${how}`),
]
const cases = [
  ...notes.map((code) => ['notes', code] as const),
  ...refusals.map((code) => ['refusals', code] as const),
  ...offline.map((code) => ['offline', code] as const),
  ...reasons.map((code) => ['reasons', code] as const),
]

describe('the texts', () => {
  test('are looked for in the sources', () => {
    expect(identifiers).toHaveLength(8)
    expect(refusals).toEqual(
      expect.arrayContaining(['title-missing', 'entry-not-closed', 'format-not-read', 'csv-syntax']),
    )
    expect(reasons).toEqual(
      expect.arrayContaining(['orcid-same', 'homonyms', 'order-swapped', 'given-missing']),
    )
  })

  test.each(cases)('of %s say %s in words in three languages', (group, code) => {
    const messages = (['kk', 'ru', 'en'] as const).map(
      (language) => textOf(language, group, { code, params: {} }).message,
    )
    expect(messages).not.toContain(code)
    expect(new Set(messages).size).toBe(3)
  })

  test('name a system of transliteration in the reader’s language', () => {
    const agreed = { code: 'family-transliterated', params: { system: 'gost-7.79-b' } }
    expect(textOf('ru', 'reasons', agreed).message).toBe(
      'фамилия совпадает в транслитерации (ГОСТ 7.79, система Б)',
    )
  })

  test('that are missing show their code', () => {
    expect(textOf('en', 'notes', { code: 'no-such-code', params: {} }).message).toBe('no-such-code')
  })
})
