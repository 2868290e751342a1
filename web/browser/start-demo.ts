import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface RunningDemo {
  /** http://127.0.0.1:<port> */
  address: string
  stop(): Promise<void>
}

const main = fileURLToPath(new URL('../../demo/main.ts', import.meta.url))
const startMinutes = 4

/** The whole product as `npm run demo` starts it, with a small university, on a free port and data of its own. */
export async function startDemo(teachers: number): Promise<RunningDemo> {
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-browser-'))
  const { USTAZ_SCREENSHOTS: _, ...own } = process.env
  const env = { ...own, USTAZ_DATA_DIR: folder, LC_ALL: 'en_US.UTF-8' }
  const child = spawn(process.execPath, [main, '--teachers', String(teachers), '--port', '0'], { env })
  const stop = async () => {
    await end(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { address: await addressOf(child), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = ''
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not started in time:\n${output}`)),
      startMinutes * 60_000,
    )
    const hear = (text: Buffer) => {
      output += text.toString()
      const address = /listens on (http:\S+)/.exec(output)?.[1]
      if (address === undefined) return
      clearTimeout(timer)
      resolve(address)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('exit', () => {
      clearTimeout(timer)
      reject(new Error(`ended before it listened:\n${output}`))
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await ended
}
