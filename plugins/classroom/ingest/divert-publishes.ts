import { generate } from 'mqtt-packet'
import { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import type { ArrivedMessage, MessageSource } from './message.ts'
import { acknowledgementsOf, splitPackets } from './split-packets.ts'

export interface DivertedStream extends MessageSource {
  /** What the client library reads and writes: everything but PUBLISH. */
  stream: Duplex
}

/**
 * Takes the PUBLISH packets out of a connection of MQTT 5 before the client library sees them. The library reads the next message only when the
 * one before is acknowledged, one by one; to acknowledge a batch after its commit, messages must be held while more come in. Connecting, TLS,
 * keep-alive, subscribing and coming back stay the library's. A packet that is no MQTT ends the connection.
 */
export function divertPublishes(socket: Socket, take: (message: ArrivedMessage) => void): DivertedStream {
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
  const diverted: DivertedStream = {
    stream,
    acknowledge(messageIds) {
      if (messageIds.length === 0 || stream.destroyed) return
      stream.write(acknowledgementsOf(messageIds))
    },
    publish(topic, payload) {
      if (stream.destroyed) return
      const packet = { cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false } as const
      stream.write(generate(packet, { protocolVersion: 5 }))
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  }
  let arrivedAt = new Date()
  const split = splitPackets({
    version: 5,
    onPublish: ({ topic, payload, retained, again, id }) =>
      take({ topic, payload, retained, again, arrivedAt, id, from: diverted }),
    onOther: (packets) => stream.push(packets),
  })
  socket.on('data', (bytes) => {
    if (stream.destroyed) return
    arrivedAt = new Date()
    try {
      split(bytes)
    } catch (error) {
      stream.destroy(error as Error)
    }
  })
  socket.on('error', (error) => stream.destroy(error))
  socket.on('end', () => stream.push(null))
  socket.on('close', () => stream.destroy())
  return diverted
}
