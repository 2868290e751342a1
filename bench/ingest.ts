/**
 * npm run bench:ingest -- [--messages 100000] [--broker mosquitto|embedded]
 *
 * Messages a second that ingest sustains with each committed (fsync on) before it is acknowledged, beside the two limits it stands between, in the
 * same run on the same machine: rows a second of COPY into the same table, and messages a second from publisher to a subscriber that only
 * acknowledges. Both rates of messages are taken after a first flood that is not counted. Then the time from handing a message to the broker until another connection to the database sees its row, at 500 a second.
 * Publisher and broker (if Mosquitto) are processes of their own and take part of the same cores.
 */
import { parseArgs } from 'node:util'
import { withBenchServer } from './bench-server.ts'
import { measureIngest } from './ingest/measure.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    broker: { type: 'string', default: 'mosquitto' },
  },
})
const broker = values.broker === 'embedded' ? 'embedded' : 'mosquitto'
await withBenchServer(async (server) => {
  const result = await server.inDatabase('ingest', [], async (database, url) => {
    return await measureIngest(database, url, {
      messages: Number(values.messages),
      broker,
      serverSeconds: () => server.seconds(),
    })
  })
  console.log(JSON.stringify(result))
})
