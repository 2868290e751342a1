import mqtt from 'mqtt'
import type { Kysely } from 'kysely'
import { provisionDevice } from '../../../plugins/classroom/devices/registry.ts'
import type { ClassroomTables } from '../../../plugins/classroom/tables.ts'
import { freePort } from '../../../plugins/classroom/test-broker.ts'
import { publishAgain } from './publish-again.ts'
import { interrupt, killServerProcess, settle, startProcesses, tally } from './scene.ts'
import type { Scene } from './scene.ts'

const devices = 20
/** Messages of a device that are under way at most. */
const window = 100

export async function killWithEmbedded(scene: Scene): Promise<Record<string, unknown>> {
  const port = await freePort()
  const processes = await startProcesses(scene, 1, { MQTT_URL: '', USTAZ_MQTT_PORT: String(port) })
  try {
    const acknowledged = new Set<number>()
    const published = Promise.all(
      Array.from({ length: devices }, async (_, index) => {
        await publishAs({ scene, port, index, acknowledged })
      }),
    )
    const killProcess = async () => await processes.kill(0)
    const killServer = async () => await killServerProcess(scene)
    await interrupt(scene, [killProcess, killServer, killProcess, killServer, killProcess])
    await published
    await settle(scene)
    return {
      killed: { ingest_and_broker: 3, postgresql: 2 },
      acknowledged: await tally(scene, acknowledged),
    }
  } finally {
    await processes.stop()
  }
}

/** Publishes every 20th number with the credentials of a device, each again until it is acknowledged. */
async function publishAs({
  scene,
  port,
  index,
  acknowledged,
}: {
  scene: Scene
  port: number
  index: number
  acknowledged: Set<number>
}): Promise<void> {
  const name = `bench-${index}`
  const db = scene.database.db.withSchema('plugin_classroom') as unknown as Kysely<ClassroomTables>
  const input = { name, type: 'ustaz', intervalSeconds: 60, roomCode: null, isGateway: false }
  const { password } = await provisionDevice(db, input, new Date())
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
    protocolVersion: 4,
    clean: false,
    clientId: name,
    username: name,
    password,
    reconnectPeriod: 200,
  })
  client.on('error', () => undefined)
  const base = Date.now() - 100_000
  const send = async (sequence: number) => {
    const time = new Date(base + sequence).toISOString()
    const payload = JSON.stringify({ time, seq: sequence, readings: { people: sequence % 40 } })
    await publishAgain(client, `ustaz/${name}/readings`, payload)
    acknowledged.add(sequence)
  }
  const own = Array.from(
    { length: Math.ceil((scene.messages - index) / devices) },
    (_, step) => index + step * devices,
  )
  const senders = Array.from({ length: window }, async () => {
    for (let sequence = own.shift(); sequence !== undefined; sequence = own.shift()) await send(sequence)
  })
  await Promise.all(senders)
  await client.endAsync()
}
