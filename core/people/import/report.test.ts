import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { importKinds } from '../../contract/resources/people.ts'
import { languages } from '../../contract/text.ts'
import { coreMessages, findText } from '../../messages/message.ts'
import { imports } from './kinds/index.ts'

test('every code that a check or a reader names has a text', async () => {
  const folder = new URL('./', import.meta.url)
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const texts = await Promise.all(files.map(async (name) => await readFile(new URL(name, folder), 'utf8')))
  const codes = texts.flatMap((text) =>
    [...text.matchAll(/(?:code: 'import\.|wrong\(')([a-z-]+)'/g)].map(([, code]) => code!),
  )
  expect(codes.length).toBeGreaterThan(15)
  for (const code of [
    ...codes,
    'unknown-unit',
    'unknown-unit-near',
    'unknown-teacher',
    'unknown-teacher-near',
  ]) {
    expect([code, findText(coreMessages.kk, `issue.import.${code}`)]).toEqual([code, expect.any(String)])
  }
})

test('every column has a title in each language', () => {
  for (const language of languages) {
    for (const kind of importKinds) {
      for (const code of Object.keys(imports[kind].columns)) {
        const key = `import.columns.${kind}.${code}`
        expect([key, findText(coreMessages[language], key)]).toEqual([key, expect.any(String)])
      }
    }
  }
})
