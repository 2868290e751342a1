import { readdirSync, readFileSync } from 'node:fs'
import { faultCodes, quantityNames } from '@ustaz/devices'
import { expect, test } from 'vitest'
import { refusedCodes } from './ingest/refused-fault.ts'
import en from './messages/en.json' with { type: 'json' }

const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const sources = files.filter(
  (name) => /(?<!\.test)\.ts$/.test(name) && !/(^|\/)(node_modules|test-)/.test(name),
)

test('every problem that the plugin names has a title and a sentence, and none is left over', () => {
  const named = sources.flatMap((name) =>
    [...read(name).matchAll(/UstazError\(\s*'classroom\.([a-z-]+)'/g)].map(([, code]) => code ?? ''),
  )
  expect([...new Set(named)].sort()).toEqual(Object.keys(en.problem).sort())
})

test('what refuses a line of a timetable has a sentence, also in the list of a refused import', () => {
  const planned = read('timetable/planned-lesson.ts')
  const codes = [...planned.matchAll(/\| '([a-z-]+)'/g)].map(([, code]) => code ?? '')
  expect(codes.length).toBeGreaterThan(10)
  expect(Object.keys(en.refusals).sort()).toEqual(codes.sort())
  expect(en.issue).toEqual(en.refusals)
})

test('why a message is not stored has words in each language, also with the quantity it is about', () => {
  expect(Object.keys(en.faults).sort()).toEqual([...faultCodes, ...refusedCodes].sort())
  expect(Object.keys(en.quantities).sort()).toEqual([...quantityNames].sort())
})

type Texts = { [key: string]: string | Texts }
const keysOf = (texts: Texts, above = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : keysOf(value, `${above}${key}.`),
  )
const pages = files.filter((name) => /^web\/.*\.(vue|ts)$/.test(name)).map(read)

test.each(Object.entries(en.panels))(
  'every text of the panel %s is used, and every text that it names is there',
  (panel, texts) => {
    const own = pages.filter((page) => page.includes(`usePanelText('classroom', '${panel}')`)).join('\n')
    const known = keysOf(texts)
    const named = [...own.matchAll(/\bown\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? '')
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((key) => !known.includes(key))).toEqual([])
    const literals = new Set([...own.matchAll(/'([\w.-]+)'/g)].map(([, key]) => key))
    const beginnings = [...own.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start]) => start ?? '')
    const unused = known.filter(
      (key) => key !== 'title' && !literals.has(key) && !beginnings.some((start) => key.startsWith(start)),
    )
    expect(unused).toEqual([])
  },
)
