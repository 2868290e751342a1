import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder = ''
afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** The last line that a test run of these files prints. */
async function lastLineOf(files: Record<string, string>): Promise<string | undefined> {
  folder = await mkdtemp(join(root, 'node_modules/.ustaz-reporter-'))
  const imports = "import { test, expect } from 'vitest'\n"
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), imports + text)
  const reporter = join(root, 'core/testing/plain-reporter.ts')
  const config = `export default { test: { reporters: ['default', '${reporter}'], include: ['*.check.ts'], exclude: [] } }`
  await writeFile(join(folder, 'vitest.config.mjs'), config)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [vitest, 'run', '--root', folder], (_error, stdout) => {
      resolve(stdout)
    })
  })
  return output.trimEnd().split('\n').at(-1)
}

test('the output ends with the counts', async () => {
  const text = `test('a', () => {}); test('b', () => { expect(1).toBe(2) }); test.skip('c', () => {}); test.todo('d')`
  expect(await lastLineOf({ 'one.check.ts': text, 'two.check.ts': `test('e', () => {})` })).toBe(
    '2 passed, 1 failed, 2 skipped',
  )
})

test('a file that cannot be loaded counts as failed', async () => {
  expect(
    await lastLineOf({ 'one.check.ts': `test('a', () => {})`, 'two.check.ts': `throw new Error('no')` }),
  ).toBe('1 passed, 1 failed, 0 skipped')
})
