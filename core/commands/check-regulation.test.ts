import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string
let shipped: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ustaz-check-'))
  shipped = await readFile(join(root, 'regulations/kazutb-teacher.yaml'), 'utf8')
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

/** The command as a person runs it; one `--` is npm's. */
async function check(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const command = [join(root, 'core/main.ts'), 'regulation', 'check', ...args]
  return await new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root }, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err })
    })
  })
}
async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

test('the shipped table passes, with its doubtful clauses and their lines', async () => {
  const { status, out } = await check(join(root, 'regulations/kazutb-teacher.yaml'), '--language', 'en')
  expect(status).toBe(0)
  expect(out).toMatch(/^warning +Line \d+: 4\.2\.1: what lies between 95 and 96/m)
  expect(out.trimEnd().split('\n').at(-1)).toMatch(
    /no errors; warnings \d+, notes \d+; worked examples passed: \d+$/,
  )
}, 60_000)

test('a worked example that does not come out fails the check, and says what came out', async () => {
  const document = parse(shipped) as Record<string, unknown>
  const example = {
    name: 'a package of one discipline',
    people: [
      {
        position: 'lecturer',
        facts: [
          { indicator: 'methodical.individual-plan', data: { academicYear: '2025/2026', percent: 100 } },
          {
            indicator: 'methodical.discipline-package',
            data: { discipline: 'Algebra', programme: '6B06101' },
          },
          { indicator: 'surveys.rating', data: { shrunken: 0 } },
        ],
        expect: { criteria: { '1.1.1': 100 }, total: -349 },
      },
    ],
  }
  const { status, out } = await check(
    await file('example.yaml', stringify({ ...document, examples: [example] })),
    '--language',
    'ru',
  )
  expect(status).toBe(1)
  expect(out).toMatch(/^ОШИБКА .*«a package of one discipline», A: total = -350, а в примере -349/m)
  expect(out).not.toContain('1.1.1 =')
}, 60_000)

test('faults of form are said with their lines, without a database', async () => {
  const broken = shipped
    .replace('periodStart: 09-01', 'periodStart: September')
    .replace('area: K1', 'aera: K1')
  const { status, out } = await check(await file('broken.yaml', broken), '--language', 'en')
  expect(status).toBe(1)
  expect(out).toMatch(/^ERROR +Line \d+: .*\[\/periodStart\]/m)
  expect(out).toMatch(/^ERROR .*aera/m)
})

test('what cannot be read is told with its name, with status 2', async () => {
  expect(await check(join(folder, 'absent.yaml'))).toMatchObject({
    status: 2,
    err: expect.stringContaining('absent.yaml') as string,
  })
  expect(await check()).toMatchObject({ status: 2, err: expect.stringContaining('FILE') as string })
})
