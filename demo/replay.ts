/**
 * Sends a recorded room to a broker as a device that is in use there:
 *
 *     npm run replay -- --csv FILE --url mqtt://127.0.0.1:1883 --device NAME [--password TEXT] [--from TIME] [--speed N]
 *
 * `--from` (ISO 8601): when the first moment is to have been; absent: so that the last one is now. `--speed 60` plays an hour in a minute; absent:
 * all at once, like a device that had kept its readings. Each message is published with QoS 1 and waited for.
 */
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import mqtt from 'mqtt'
import { readRecord, recordedMessage } from '../devices/simulator/recorded-room.ts'

async function replay(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: { csv: text, url: text, device: text, password: text, from: text, speed: text },
  })
  const { csv, url, device, password, speed } = values
  if (csv === undefined || url === undefined || device === undefined)
    throw new Error('say --csv FILE, --url mqtt://HOST:PORT and --device NAME')
  const pace = speed === undefined ? Infinity : Number(speed)
  if (!(pace > 0)) throw new Error('--speed is a number above 0')

  const moments = readRecord(readFileSync(csv, 'utf8'))
  const from = values.from === undefined ? Date.now() - (moments.at(-1)?.after ?? 0) : Date.parse(values.from)
  if (Number.isNaN(from)) throw new Error('--from is a time such as 2026-11-27T08:00:00Z')

  const client = await mqtt.connectAsync(url, {
    // Refused once is refused: what is wrong is to be said, not tried again.
    reconnectPeriod: 0,
    username: device,
    ...(password === undefined ? {} : { password }),
    clientId: `${device}-replay`,
  })
  const begun = Date.now()
  // Numbers go on from replay to replay, so that none of them is taken for one of an earlier replay.
  const numberedFrom = Math.floor(begun / 1000) * 1_000_000
  for (const [index, moment] of moments.entries()) {
    const wait = begun + moment.after / pace - Date.now()
    if (wait > 0) await setTimeout(wait)
    const { topic, payload } = recordedMessage(device, moment, { from, sequence: numberedFrom + index })
    await client.publishAsync(topic, payload, { qos: 1 })
  }
  await client.endAsync()
  console.log(`${moments.length} moments of ${csv} were acknowledged as ${device}`)
}

try {
  await replay()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
