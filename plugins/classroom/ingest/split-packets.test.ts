import fc from 'fast-check'
import { generate } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { acknowledgementsOf, PacketFault, splitPackets } from './split-packets.ts'
import type { PublishPacket } from './split-packets.ts'

/** What comes out of these pieces. */
function split(pieces: readonly Buffer[], version: 4 | 5 = 5): { published: PublishPacket[]; other: Buffer } {
  const published: PublishPacket[] = []
  const other: Buffer[] = []
  const add = splitPackets({
    version,
    onPublish: (packet) => published.push(packet),
    onOther: (packets) => other.push(packets),
  })
  for (const piece of pieces) add(piece)
  return { published, other: Buffer.concat(other) }
}

const message = fc.record({
  topic: fc.constantFrom('ustaz/r1/readings', 'senml/есік'),
  payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  id: fc.option(fc.integer({ min: 1, max: 65_535 })),
  retained: fc.boolean(),
  again: fc.boolean(),
  properties: fc.constantFrom({}, { contentType: 'text/plain', userProperties: { a: 'b' } }),
})
const pingAnswer = Buffer.from([0xd0, 0])

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b)
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length))
}

test.each([4, 5] as const)('finds each message of MQTT version %d wherever the network cuts', (version) => {
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.nat()), (messages, places) => {
      const packets = messages.flatMap(({ id, retained, again, properties, ...rest }) => {
        const qos = id === null ? 0 : 1
        const packet = { cmd: 'publish', qos, retain: retained, dup: again, properties, ...rest } as const
        return [generate({ ...packet, messageId: id ?? 0 }, { protocolVersion: version }), pingAnswer]
      })
      const { published, other } = split(cut(Buffer.concat(packets), places), version)
      expect(published).toEqual(
        messages.map(({ topic, payload, id, retained, again }) => ({ topic, payload, id, retained, again })),
      )
      expect(other).toEqual(Buffer.concat(messages.map(() => pingAnswer)))
    }),
  )
})

test.each([
  ['a length without end', [0x30, 0xff, 0xff, 0xff, 0xff]],
  ['a topic that is longer than its packet', [0x32, 4, 0, 9, 97, 98]],
  ['no room for a topic', [0x30, 1, 0]],
  ['no topic', [0x30, 3, 0, 0, 0]],
  ['properties that are longer than their packet', [0x30, 4, 0, 1, 97, 9]],
  ['no properties', [0x30, 3, 0, 1, 97]],
  ['an impossible quality of service', [0x36, 6, 0, 1, 97, 0, 1, 0]],
])('refuses %s', (_, bytes) => {
  expect(() => split([Buffer.from(bytes)])).toThrow(PacketFault)
})

test('never fails otherwise, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (pieces) => {
      try {
        split(pieces.map((piece) => Buffer.from(piece)))
      } catch (error) {
        expect(error).toBeInstanceOf(PacketFault)
      }
    }),
  )
})

test('acknowledges as the library would', () => {
  const one = (messageId: number) => generate({ cmd: 'puback', messageId }, { protocolVersion: 4 })
  expect(acknowledgementsOf([1, 300, 65_535])).toEqual(Buffer.concat([one(1), one(300), one(65_535)]))
})
