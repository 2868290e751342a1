import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deviceTypes, readMessage } from '../devices/index.ts'
import type { ReadMessage, UnreadMessage } from '../devices/index.ts'
import { checkOccupancy } from './occupancy.ts'
import { openGroup } from '../plugins/publications/conformance/group.ts'
import type { GroupReport } from '../plugins/publications/conformance/group.ts'

const around = { arrivedAt: new Date('2026-09-01T05:00:00Z'), timeZone: 'Asia/Almaty' }

/** Reads a folder of real messages of sensors and of decoding vectors, and compares what they are read as where that is known. */
export async function checkSensors(folder: string): Promise<GroupReport[]> {
  return await Promise.resolve([
    ...checkSamples(folder),
    ...checkMilesight(folder),
    ...checkOccupancy(folder),
  ])
}

function rowsOf(folder: string, name: string): unknown[] | null {
  const file = join(folder, 'payloads', name)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown[]) : null
}

function read(topic: string, payload: unknown): ReadMessage | UnreadMessage {
  const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
  return readMessage(deviceTypes, topic, bytes, around)
}

/** Topics that were not recorded, or whose base was changed, by system. */
const usualTopics: Readonly<Record<string, (topic: string) => string>> = {
  tasmota: (topic) => (/^tele\/[^/%]+\/\w+$/.test(topic) ? topic : 'tele/device/SENSOR'),
  zigbee2mqtt: (topic) => topic.replace(/^zigbee\//, 'zigbee2mqtt/'),
  chirpstack_v4: (topic) => topic,
}

/** Messages as they were recorded: each is read, or refused with a reason. */
function checkSamples(folder: string): GroupReport[] {
  const samples = (rowsOf(folder, 'samples.json') ?? []) as {
    system: string
    topic: string
    payload: unknown
  }[]
  return Object.entries(usualTopics).flatMap(([system, topicOf]) => {
    const own = samples.filter((sample) => sample.system === system)
    const group = openGroup(system)
    for (const { topic, payload } of own) {
      const message = read(topicOf(topic), payload)
      if ('fault' in message) group.refuse(message.fault)
      else group.read()
    }
    return own.length > 0 ? [group.report] : []
  })
}

/** Names of the makers' decoders and of ours. */
const names: Readonly<Record<string, string>> = {
  people_count_all: 'people',
  total_counter_in: 'in-total line-1',
  total_counter_out: 'out-total line-1',
  periodic_counter_in: 'in-period line-1',
  periodic_counter_out: 'out-period line-1',
  total_in: 'in-total',
  total_out: 'out-total',
  temperature: 'temperature',
  humidity: 'humidity',
  co2: 'co2',
  battery: 'battery',
}

/** Bytes of Milesight's people counters and room sensors, against what the maker's documentation says they mean. */
function checkMilesight(folder: string): GroupReport[] {
  const rows = rowsOf(folder, 'milesight_hex_decoded.json') as
    { device: string; hex: string; decoded: Record<string, unknown> }[] | null
  if (!rows) return []
  const group = openGroup('milesight')
  for (const { device, hex, decoded } of rows.filter((row) => /^(vs1|vs35|am)/.test(row.device))) {
    const data = Buffer.from(hex, 'hex').toString('base64')
    const message = read('application/a/device/d/event/up', { time: '2026-09-01T05:00:00Z', data })
    if ('fault' in message) {
      group.refuse(message.fault)
      continue
    }
    group.read()
    const found = new Map(
      message.readings.map(({ quantity, channel, value }) => [`${quantity} ${channel}`.trim(), value]),
    )
    for (const [name, value] of Object.entries(decoded)) {
      const [, line, rest] = /^line_(\d)_(total_in|total_out|period_in|period_out)$/.exec(name) ?? []
      const ours = line ? `${rest!.split('_').reverse().join('-')} line-${line}` : names[name]
      if (ours === undefined) continue
      if (found.get(ours) === value) group.agree()
      else group.disagree(`${device} ${hex}: ${name} is ${String(value)}, read as ${String(found.get(ours))}`)
    }
  }
  return [group.report]
}
