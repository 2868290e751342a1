import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { deviceTypes, isPossible, readMessage } from './index.ts'

const recorded = z
  .array(
    z.object({
      type: z.string(),
      topic: z.string(),
      payload: z.unknown(),
      expected: z.array(
        z.object({ quantity: z.string(), value: z.number(), channel: z.string(), at: z.string().nullable() }),
      ),
      sequence: z.number().optional(),
      online: z.boolean().optional(),
      source: z.string(),
    }),
  )
  .parse(JSON.parse(await readFile(new URL('fixtures/messages.json', import.meta.url), 'utf8')))

const around = { arrivedAt: new Date('2026-09-01T05:00:00Z'), timeZone: 'Asia/Almaty' }

function read(topic: string, payload: unknown) {
  const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
  const message = readMessage(deviceTypes, topic, bytes, around)
  if ('fault' in message) throw new Error(`${message.fault}: ${message.why.detail}`)
  return message
}

describe('recorded messages of real devices', () => {
  test.each(
    recorded.map((one, index) => ({ ...one, name: `${index} ${one.type} ${one.topic} (${one.source})` })),
  )('$name', ({ type, topic, payload, expected, sequence, online }) => {
    const message = read(topic, payload)
    expect(message.type).toBe(type)
    const at = (moment: Date | null) => moment?.toISOString() ?? null
    expect(message.readings.map((one) => ({ ...one, at: at(one.at) }))).toEqual(expected)
    if (sequence !== undefined) expect(message.sequence).toBe(sequence)
    if (online !== undefined) expect(message.online).toBe(online)
  })

  test('a sensor that gives its carbon dioxide as formaldehyde says something impossible', () => {
    const swapped = recorded.find(({ topic }) => topic === 'zigbee2mqtt/Czujnik CO2 75')!
    const impossible = read(swapped.topic, swapped.payload).readings.filter(
      ({ quantity, value }) => !isPossible(quantity, value),
    )
    expect(impossible.map(({ quantity, value }) => [quantity, value])).toEqual([['co2', 1]])
  })
})
