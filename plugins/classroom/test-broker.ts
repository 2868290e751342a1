import type { BrokerAddress } from '@ustaz/core/plugin'
import { startEmbeddedBroker } from '@ustaz/core/testing'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile, chmod } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TestBroker {
  address: BrokerAddress
  stop(): Promise<void>
}
export interface TestMosquitto extends TestBroker {
  /** kill -9. */
  kill(): Promise<void>
  /** On the same port and the same files. */
  start(): Promise<void>
}

const program = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) =>
  existsSync(path),
)

/** The brokers there are on this machine: the embedded one always, Mosquitto where it is installed (.ci/run installs it). */
export const brokers: readonly { name: string; start(): Promise<TestBroker> }[] = [
  {
    name: 'the embedded broker, MQTT 3.1.1',
    async start() {
      const broker = await startEmbeddedBroker({ port: 0 })
      return { address: { url: broker.url, version: 4 }, stop: broker.stop }
    },
  },
  ...(program ? [{ name: 'Mosquitto, MQTT 5', start: async () => await startMosquitto() }] : []),
]
export const hasMosquitto = program !== undefined

/** Mosquitto on a free port with what devices/mosquitto.conf says of queues and keeping; `extra`: lines of its configuration. */
export async function startMosquitto(extra: (folder: string) => string[] = () => []): Promise<TestMosquitto> {
  if (!program) throw new Error('Mosquitto is not installed')
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-mosquitto-'))
  await chmod(folder, 0o777)
  const port = await freePort()
  const own = extra(folder)
  const lines = [
    'max_queued_messages 1000000',
    'max_inflight_messages 1000',
    'persistence true',
    `persistence_location ${folder}/`,
    'autosave_interval 1',
    'autosave_on_changes false',
    `listener ${port} 127.0.0.1`,
    ...(own.some((line) => line.startsWith('allow_anonymous')) ? [] : ['allow_anonymous true']),
    ...own,
  ]
  const file = join(folder, 'mosquitto.conf')
  await writeFile(file, `${lines.join('\n')}\n`)
  let child: ChildProcess
  const start = async () => {
    child = spawn(program, ['-c', file], { stdio: 'ignore' })
    await reach(port)
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
  await start()
  return {
    address: { url: `mqtt://127.0.0.1:${port}`, version: 5 },
    start,
    kill: async () => await end('SIGKILL'),
    async stop() {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function reach(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (reached) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('Mosquitto does not answer')
}
