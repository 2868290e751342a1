import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { languages } from '../contract/text.ts'
import type { Messages } from '../plugin/definition.ts'
import { coreMessages, fill, findText, translate } from './message.ts'
import { createTexts } from './texts.ts'

const core = fileURLToPath(new URL('..', import.meta.url))

function textsOf(messages: Messages, above = ''): [key: string, text: string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[above + key, value] as [string, string]]
      : textsOf(value, `${above}${key}.`),
  )
}
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

test('the three languages have the same texts with the same placeholders, none empty', () => {
  const [kk, ...others] = languages.map((language) =>
    textsOf(coreMessages[language])
      .map(([key, text]) => `${key} ${placeholders(text).join()} ${text.trim() === '' ? 'empty' : ''}`)
      .sort(),
  )
  for (const other of others) expect(other).toEqual(kk)
})

test('no text stands in the wrong script', () => {
  for (const [key, text] of textsOf(coreMessages.en)) expect(text, key).not.toMatch(/\p{Script=Cyrillic}/u)
  for (const [key, text] of textsOf(coreMessages.ru)) expect(text, key).not.toMatch(/[әғқңөұүһі]/i)
})

/** Files of core that run in the product. */
async function sources(): Promise<[name: string, text: string][]> {
  const files = await readdir(core, { recursive: true })
  const wanted = files.filter(
    (name) =>
      name.endsWith('.ts') && !name.endsWith('.test.ts') && !/(^|\/)(testing|test-|example-)/.test(name),
  )
  return await Promise.all(
    wanted.map(async (name): Promise<[string, string]> => [name, await readFile(join(core, name), 'utf8')]),
  )
}

test('every problem that core throws has a title and a text', async () => {
  const thrown = (await sources()).flatMap(([name, text]) =>
    [...text.matchAll(/new UstazError\(\s*'([^']+)'/g)].map(([, code]) => `${name}: ${code}`),
  )
  expect(thrown.length).toBeGreaterThan(30)
  const has = (code: string) =>
    findText(coreMessages.en, `problem.${code}.title`) && findText(coreMessages.en, `problem.${code}.detail`)
  expect(thrown.filter((entry) => !has(entry.split(': ')[1]!))).toEqual([])
})

test('every fault of an input that core names has a text', async () => {
  const named = (await sources()).flatMap(([name, text]) =>
    [...text.matchAll(/path[^\n]*,\s*code: '([^']+)'/g)].map(([, code]) => `${name}: ${code}`),
  )
  expect(named.filter((entry) => !findText(coreMessages.en, `issue.${entry.split(': ')[1]!}`))).toEqual([])
})

test('a text is filled; what is unknown is a dash, a forgotten value stays visible', () => {
  expect(fill('{a} of {b}: {c}, {d}', { a: 1, b: ['x', 'y'], c: null })).toBe('1 of x, y: —, {d}')
  expect(translate('en', 'problem.port-taken.detail', { port: 4870, other: 4871 })).toContain('4870')
  expect(translate('en', 'no.such.text')).toBe('no.such.text')
})

test("a code that starts with a plugin's id has the plugin's own text", () => {
  const messages = { problem: { 'not-100': 'Total {total}' }, issue: { form: 'A DOI' } }
  const texts = createTexts((id) => (id === 'shares' ? { kk: messages, ru: messages, en: messages } : null))
  expect(texts.problem('en', 'shares.not-100', { total: 90 })).toEqual({
    title: 'The request was not carried out',
    detail: 'Total 90',
  })
  expect(texts.issue('kk', 'shares.form', {})).toBe('A DOI')
  expect(texts.issue('kk', 'unknown.form', {})).toBe('unknown.form')
})
