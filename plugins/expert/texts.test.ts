import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import en from './messages/en.json' with { type: 'json' }

const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
const sources = files.filter(
  (name) => /(?<!\.test)\.ts$/.test(name) && !/(^|\/)(node_modules|test-)/.test(name),
)
const codes = sources.flatMap((name) =>
  [...readFileSync(new URL(name, import.meta.url), 'utf8').matchAll(/'expert\.([a-z-]+)'/g)].map(
    ([, code]) => code ?? '',
  ),
)
const weightings = ['ahp', 'best-worst']

test('every problem that the plugin names has a title and a sentence', () => {
  const named = [...new Set(codes)].filter((code) => !weightings.includes(code))
  expect(named.length).toBeGreaterThan(20)
  const problems: Record<string, { title: string; detail: string } | undefined> = en.problem
  expect(named.filter((code) => !problems[code]?.title || !problems[code].detail)).toEqual([])
})
