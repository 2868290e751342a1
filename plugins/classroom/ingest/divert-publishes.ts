import { generate, parser } from 'mqtt-packet'
import type { IPublishPacket, Packet } from 'mqtt-packet'
import { Duplex } from 'node:stream'
import type { Socket } from 'node:net'

export interface DivertedStream {
  /** What the client library reads and writes: everything but PUBLISH. */
  stream: Duplex
  /** Acknowledges QoS 1 messages by their ids, in one write. */
  acknowledge(messageIds: readonly number[]): void
  /** Stops reading from the broker, and goes on. */
  pause(): void
  resume(): void
}

/**
 * Takes the PUBLISH packets out of a connection before the client library sees them. The library reads the next message only when the one
 * before is acknowledged, one by one; to acknowledge a batch after its commit, messages must be held while more come in. Connecting, TLS,
 * keep-alive, subscribing and coming back stay the library's. A packet that is no MQTT ends the connection.
 */
export function divertPublishes(
  socket: Socket,
  version: 4 | 5,
  take: (packet: IPublishPacket) => void,
): DivertedStream {
  const options = { protocolVersion: version }
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
      const packets = messageIds.map((messageId) =>
        generate({ cmd: 'puback', messageId, reasonCode: 0 }, options),
      )
      stream.write(Buffer.concat(packets))
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  }
}
