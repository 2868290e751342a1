import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = async (path: string) => await readFile(new URL(path, root), 'utf8')

test('every attempt that docs/security.md lists has the test that it names', async () => {
  const page = await read('docs/security.md')
  const lines = page.split('\n').filter((line) => /^\| (?!attempt|-)/.test(line))
  expect(lines.length).toBeGreaterThan(40)
  const wrong: string[] = []
  for (const line of lines) {
    const [, path = '', title = ''] = /`([^`]+\.test\.ts)`: "(.+)" *\|$/.exec(line) ?? []
    const source = path === '' ? '' : await read(path)
    if (title === '' || !source.includes(title.replaceAll('\\"', '"'))) wrong.push(line)
  }
  expect(wrong).toEqual([])
})
