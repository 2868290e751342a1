import { generate, parser } from 'mqtt-packet'
import type { IPublishPacket, Packet } from 'mqtt-packet'
import { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import type { MessageSource } from './message.ts'

export interface DivertedStream extends MessageSource {
  /** What the client library reads and writes: everything but PUBLISH. */
  stream: Duplex
}

const options = { protocolVersion: 5 }

/**
 * Takes the PUBLISH packets out of a connection before the client library sees them. The library reads the next message only when the one
 * before is acknowledged, one by one; to acknowledge a batch after its commit, messages must be held while more come in. Connecting, TLS,
 * keep-alive, subscribing and coming back stay the library's. A packet that is no MQTT ends the connection.
 */
export function divertPublishes(socket: Socket, take: (packet: IPublishPacket) => void): DivertedStream {
  const reader = parser(options)
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => socket.write(chunk, done),
    writev: (chunks, done) => socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
    final: (done) => socket.end(done),
    destroy: (error, done) => {
      socket.destroy(error ?? undefined)
      done(error)
    },
  })
  reader.on('packet', (packet: Packet) => {
    if (packet.cmd === 'publish') take(packet)
    else stream.push(generate(packet, options))
  })
  reader.on('error', (error: Error) => stream.destroy(error))
  socket.on('data', (chunk) => reader.parse(chunk))
  socket.on('error', (error) => stream.destroy(error))
  socket.on('end', () => stream.push(null))
  socket.on('close', () => stream.destroy())
  return {
    stream,
    acknowledge(messageIds) {
      if (messageIds.length === 0 || stream.destroyed) return
      const packets = Buffer.allocUnsafe(messageIds.length * 4)
      // MQTT 5, 3.4: PUBACK with nothing but the identifier, which means success.
      for (const [index, messageId] of messageIds.entries()) {
        packets.writeUInt16BE(0x40_02, index * 4)
        packets.writeUInt16BE(messageId, index * 4 + 2)
      }
      stream.write(packets)
    },
    publish(topic, payload) {
      if (stream.destroyed) return
      stream.write(generate({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false }, options))
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  }
}
