import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ustaz-demo-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

interface Ended {
  code: number | null
  output: string
  results: string[]
}

/** Runs the command to its end; `watch` is told what it has printed so far. */
async function demo(
  dataDir: string,
  args: readonly string[],
  watch: (output: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Ended> {
  const env = { ...process.env, USTAZ_DATA_DIR: join(folder, dataDir), LC_ALL: 'en_US.UTF-8' }
  const child = spawn(process.execPath, [main, ...args], { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const hear = (text: Buffer) => {
    output += text.toString()
    if (!child.killed) watch(output, (signal) => child.kill(signal))
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve))
  return {
    code,
    output,
    results: [...output.matchAll(/Result ([0-9a-f]{12})/g)].map(([, hash]) => hash ?? ''),
  }
}

const small = ['--once', '--teachers', '60']
const minutes = 5 * 60_000

test(
  'it loads, rates five years and prints who leads; a second start keeps data and ratings',
  { timeout: minutes },
  async () => {
    const first = await demo('twice', small)
    expect(first.code, first.output).toBe(0)
    expect(first.results).toHaveLength(5)
    expect(first.output).toContain('Professors, 2025/2026')
    const second = await demo('twice', ['--once'])
    expect(second.code, second.output).toBe(0)
    expect(second.output).toContain('here already: 60 teachers')
    expect(second.results).toEqual(first.results)
    expect(second.output.slice(second.output.indexOf('Professors'))).toBe(
      first.output.slice(first.output.indexOf('Professors')),
    )

    const killed = await demo('killed', ['--once', '--teachers', '300'], (output, kill) => {
      // Some thousand entries further the first of them are on their way to the database.
      if (output.includes('Loading')) setTimeout(() => kill('SIGKILL'), 1500)
    })
    expect(killed.output).not.toContain('Loaded')
    const retried = await demo('killed', small)
    expect(retried.code, retried.output).toBe(0)
    expect(retried.output).toContain('Loaded 60 teachers')
    expect(retried.results).toEqual(first.results)

    const other = await demo('twice', ['--once', '--teachers', '80'])
    expect(other.code).toBe(1)
    expect(other.output).toContain('--fresh')
    const fresh = await demo('twice', ['--once', '--fresh', '--teachers', '20'])
    expect(fresh.code, fresh.output).toBe(0)
    expect(fresh.output).toContain('Loaded 20 teachers')
  },
)

test('Ctrl-C while it loads ends it cleanly', { timeout: minutes }, async () => {
  const stopped = await demo('stopped', ['--once', '--teachers', '300'], (output, kill) => {
    if (output.includes('Loading')) kill('SIGINT')
  })
  expect(stopped.code, stopped.output).toBe(130)
  expect(stopped.output).toContain('Stopping')
  expect(stopped.output).not.toContain('Loaded')
})

test(
  'a taken port is told before anything is loaded, with another one to choose',
  { timeout: minutes },
  async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { code, output } = await demo('port', ['--port', String(port)])
    server.close()
    expect(code).toBe(1)
    expect(output).toContain(`--port ${port + 1}`)
    expect(output).not.toContain('Loading')
  },
)
