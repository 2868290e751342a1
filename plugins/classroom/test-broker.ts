import type { BrokerAddress, DeviceRights } from '@ustaz/core/plugin'
import { makeCertificate, startEmbeddedBroker } from '@ustaz/core/testing'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile, chmod } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashForMosquitto } from './devices/credentials.ts'

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
      return { address: { url: broker.url, version: 4, direct: broker.direct }, stop: broker.stop }
    },
  },
  ...(program ? [{ name: 'Mosquitto, MQTT 5', start: async () => await startMosquitto() }] : []),
]
export const hasMosquitto = program !== undefined

/** A broker that devices reach by TLS with their own name and password. */
export interface SecureBroker extends TestBroker {
  /** mqtts://, without name and password. */
  devicesUrl: string
  ca: string
}
export interface Credentials {
  admit(credentials: { name: string; password: string }): Promise<DeviceRights | null>
  /** What the registry writes for Mosquitto. */
  acl: string
  passwords: string
}

/** The same brokers with TLS, credentials and lists as the registry of devices has them. */
export const secureBrokers: readonly {
  name: string
  start(credentials: Credentials): Promise<SecureBroker>
}[] = [
  {
    name: 'the embedded broker',
    async start({ admit }) {
      const { certificate, key } = await makeCertificate()
      const broker = await startEmbeddedBroker({ port: 0, secure: { host: '127.0.0.1', certificate, key } })
      broker.admitBy(admit)
      return {
        address: { url: broker.url, version: 4, direct: broker.direct },
        devicesUrl: `mqtts://127.0.0.1:${broker.securePort}`,
        ca: certificate,
        stop: broker.stop,
      }
    },
  },
  ...(program ? [{ name: 'Mosquitto', start: startSecureMosquitto }] : []),
]

async function startSecureMosquitto({ acl, passwords }: Credentials): Promise<SecureBroker> {
  const { certificate, key } = await makeCertificate()
  const own = `ustaz:${await hashForMosquitto('own')}\n`
  const files = { certificate, key, acl, passwords: own + passwords }
  const broker = await startMosquitto({
    files,
    lines: (folder) => [
      'allow_anonymous false',
      `certfile ${folder}/certificate`,
      `keyfile ${folder}/key`,
      `acl_file ${folder}/acl`,
      `password_file ${folder}/passwords`,
    ],
  })
  const at = new URL(broker.address.url).host
  return {
    address: { url: `mqtts://ustaz:own@${at}`, version: 5, ca: certificate },
    devicesUrl: `mqtts://${at}`,
    ca: certificate,
    stop: broker.stop,
  }
}

interface MosquittoOptions {
  /** Written into its folder, by name. */
  files?: Readonly<Record<string, string>>
  /** Of its configuration, besides those of queues and keeping. */
  lines?(folder: string): string[]
}

/** Mosquitto on a free port with what devices/mosquitto.conf says of queues and keeping. */
export async function startMosquitto({
  files = {},
  lines: extra = () => ['allow_anonymous true'],
}: MosquittoOptions = {}): Promise<TestMosquitto> {
  if (!program) throw new Error('Mosquitto is not installed')
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-mosquitto-'))
  await chmod(folder, 0o777)
  const port = await freePort()
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), content)
    await chmod(join(folder, name), 0o644)
  }
  const lines = [
    'max_queued_messages 1000000',
    'max_inflight_messages 20000',
    'persistence true',
    `persistence_location ${folder}/`,
    'autosave_interval 1',
    'autosave_on_changes false',
    `listener ${port} 127.0.0.1`,
    ...extra(folder),
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

export async function freePort(): Promise<number> {
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
