/**
 * npm run bench:ingest-kill -- [--messages 100000] [--broker both|mosquitto|embedded]
 *
 * What is lost or doubled of messages of QoS 1 while processes are killed with -9 in their midst.
 *
 * Mosquitto: two ingest processes, each killed once, Mosquitto twice, a process of PostgreSQL twice (the server then recovers from its log, all
 * connections being lost). Half of the messages end for their publisher when Mosquitto acknowledges them, the other half when the receipt
 * says that they are stored. Embedded: broker and ingest are one process, killed three times, PostgreSQL twice; messages end when
 * they are acknowledged. Whatever has not ended is published again. Lost is what ended and is not stored.
 */
import { parseArgs } from 'node:util'
import { withBenchServer } from './bench-server.ts'
import { killWithEmbedded } from './ingest/kill/embedded.ts'
import { killWithMosquitto } from './ingest/kill/mosquitto.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    broker: { type: 'string', default: 'both' },
  },
})
const messages = Number(values.messages)
const migrations = new URL('../plugins/classroom/migrations/', import.meta.url)
const owners = [{ owner: 'classroom', folder: migrations }]

await withBenchServer(async ({ inDatabase }) => {
  const result: Record<string, unknown> = { bench: 'ingest-kill', messages }
  for (const [name, kill] of Object.entries({ mosquitto: killWithMosquitto, embedded: killWithEmbedded })) {
    if (!['both', name].includes(values.broker)) continue
    result[name] = await inDatabase(`ingest_kill_${name}`, owners, async (database, url) => {
      return await kill({ database, url, messages })
    })
    console.log(`${name}: ${JSON.stringify(result[name])}`)
  }
  console.log(JSON.stringify(result))
})
