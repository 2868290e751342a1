import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const launcher = fileURLToPath(new URL('node.js', import.meta.url))
const bundled = new URL(`../node_modules/node-${process.platform}-${process.arch}/bin/node`, import.meta.url)

let folder: string
let script: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ustaz-launcher-'))
  script = join(folder, 'script.ts')
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** Makes the Node that runs the launcher say that it is version 20. */
const pretendOld = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.9.0'})"

function launch(args: string[], options: { old?: boolean; program?: string } = {}): ChildProcess {
  const preload = options.old ? ['--import', pretendOld] : []
  return spawn(process.execPath, [...preload, options.program ?? launcher, ...args], {
    env: { PATH: '/usr/bin' },
  })
}

async function outcomeOf(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = ''
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, output: output.trim() }
}

test('runs TypeScript with its arguments and answers its exit code', async () => {
  await writeFile(
    script,
    'const words: string[] = process.argv.slice(2); console.log(words.join("+")); process.exit(7)',
  )
  expect(await outcomeOf(launch([script, 'one', '--two']))).toEqual({ code: 7, output: 'one+--two' })
})

describe('on an old Node', () => {
  test.runIf(existsSync(bundled))(
    'runs the one that npm brought, which is then the first in PATH',
    async () => {
      await writeFile(script, 'console.log(process.execPath as string, process.env.PATH?.split(":")[0])')
      const { output } = await outcomeOf(launch([script], { old: true }))
      const [node, path] = output.split(' ')
      expect(node).toBe(join(path!, 'node'))
      expect(node).toContain('node_modules/node-')
    },
  )

  test('says what to do where npm brought none', async () => {
    const program = join(folder, 'bin/node.js')
    await mkdir(join(folder, 'bin'))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await cp(launcher, program)
    const { code, output } = await outcomeOf(launch(['script.ts'], { old: true, program }))
    expect(code).toBe(1)
    expect(output).toMatch(/^Ustaz needs Node 22\.18 or newer.*Run `npm ci`, or install Node 24\.$/)
  })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'hands %s on and waits for the end of the script',
  async (signal) => {
    await writeFile(
      script,
      `process.on('${signal}', () => setTimeout(() => { console.log('closed'); process.exit(3) }, 100))
    setInterval(() => {}, 1000)
    console.log('open')`,
    )
    const child = launch([script])
    child.stdout?.once('data', () => child.kill(signal))
    expect(await outcomeOf(child)).toEqual({ code: 3, output: 'open\nclosed' })
  },
)

test('a script that dies of a signal gives the exit code a shell would give', async () => {
  await writeFile(script, "process.kill(process.pid, 'SIGKILL')")
  expect((await outcomeOf(launch([script]))).code).toBe(137)
})
