import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import { createOutbox } from '../../../devices/index.ts'
import { startMosquitto } from '../../../plugins/classroom/test-broker.ts'
import { makeDevices } from '../measure.ts'
import { deviceCount } from '../run-publisher.ts'
import { publishAgain } from './publish-again.ts'
import { interrupt, killServerProcess, readNumber, settle, startProcesses, tally, until } from './scene.ts'
import type { Scene } from './scene.ts'

/** Messages that are under way at most. */
const window = 1000
const repeatSeconds = 3

export async function killWithMosquitto(scene: Scene): Promise<Record<string, unknown>> {
  const broker = await startMosquitto()
  const processes = await startProcesses(scene, 2, { MQTT_URL: broker.address.url })
  const client = mqtt.connect(broker.address.url, {
    protocolVersion: 4,
    clean: false,
    clientId: 'bench',
    reconnectPeriod: 200,
  })
  client.on('error', () => undefined)
  try {
    await makeDevices(scene.database.db.withSchema('plugin_classroom') as never)
    const slots = 'select count(*)::integer as n from plugin_classroom.ingest_slot'
    await until(async () => (await readNumber(scene, slots)) === 2)
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const killBroker = async () => {
      await broker.kill()
      await new Promise((resolve) => setTimeout(resolve, 500))
      await broker.start()
    }
    const published = publishHalves(client, scene.messages)
    await interrupt(scene, [
      async () => await processes.kill(0),
      async () => await killServerProcess(scene),
      killBroker,
      async () => await processes.kill(1),
      async () => await killServerProcess(scene),
      killBroker,
    ])
    const { acknowledged, receipted } = await published
    await settle(scene)
    return {
      killed: { ingest: 2, postgresql: 2, broker: 2 },
      acknowledged: await tally(scene, acknowledged),
      receipted: await tally(scene, receipted),
    }
  } finally {
    await client.endAsync(true)
    await processes.stop()
    await broker.stop()
  }
}

/** Even numbers end when the broker acknowledges them, odd ones when their receipt comes. Resolves when all have ended. */
async function publishHalves(
  client: MqttClient,
  count: number,
): Promise<{ acknowledged: Set<number>; receipted: Set<number> }> {
  const acknowledged = new Set<number>()
  const receipted = new Set<number>()
  const outbox = createOutbox<number>({ repeatSeconds })
  client.on('message', (_topic, payload) => {
    outbox.settle(payload)
    for (const sequence of JSON.parse(payload.toString()) as number[]) receipted.add(sequence)
  })
  await client.subscribeAsync('ustaz/+/stored')
  const send = async (sequence: number) => {
    const receipt = sequence % 2 === 1
    const payload = JSON.stringify({
      time: new Date(base + sequence).toISOString(),
      seq: sequence,
      readings: { people: sequence % 40 },
      receipt,
    })
    await publishAgain(client, `ustaz/bench-${sequence % deviceCount}/readings`, payload)
    if (!receipt) acknowledged.add(sequence)
  }
  const base = Date.now() - 100_000
  let next = 0
  let waiting = 0
  while (acknowledged.size + receipted.size < count) {
    while (next < count && waiting + outbox.size() < window) {
      const sequence = next++
      if (sequence % 2 === 1) outbox.add(sequence, sequence)
      else {
        waiting++
        void send(sequence).then(() => waiting--)
      }
    }
    for (const sequence of outbox.due(Date.now())) void send(sequence)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { acknowledged, receipted }
}
