import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface TestClamd {
  /** tcp://127.0.0.1:port */
  address: string
  /** What was sent to be scanned, whole, oldest first. */
  scanned: Buffer[]
  close(): Promise<void>
}

/**
 * For tests: a server that speaks clamd's INSTREAM over TCP. It finds what holds `signature`; with `limit` it breaks off like clamd does
 * where a stream is longer than its StreamMaxLength, with `broken` it hangs up without a word.
 */
export async function startTestClamd(
  how: { signature?: string; limit?: number; broken?: boolean } = {},
): Promise<TestClamd> {
  const scanned: Buffer[] = []
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    void serve(socket, scanned, how)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `tcp://127.0.0.1:${port}`,
    scanned,
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}

const command = 'zINSTREAM\0'

async function serve(
  socket: Socket,
  scanned: Buffer[],
  { signature = 'EICAR', limit = Infinity, broken = false }: Parameters<typeof startTestClamd>[0] & object,
): Promise<void> {
  let received = Buffer.alloc(0)
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received = Buffer.concat([received, chunk])
    if (broken) return void socket.destroy()
    const { content, whole } = readFrames(received)
    if (content.length > limit) return void socket.end('INSTREAM size limit exceeded. ERROR\0')
    if (!whole) continue
    scanned.push(content)
    socket.end(content.includes(signature) ? 'stream: Test-Signature FOUND\0' : 'stream: OK\0')
  }
}

/** The chunks that have arrived; whole: the one of length 0 has too. */
function readFrames(received: Buffer): { content: Buffer; whole: boolean } {
  if (received.length < command.length) return { content: Buffer.alloc(0), whole: false }
  if (received.toString('latin1', 0, command.length) !== command) throw new Error('not INSTREAM')
  const chunks: Buffer[] = []
  let at = command.length
  while (at + 4 <= received.length) {
    const length = received.readUInt32BE(at)
    if (length === 0) return { content: Buffer.concat(chunks), whole: true }
    if (at + 4 + length > received.length) break
    chunks.push(received.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return { content: Buffer.concat(chunks), whole: false }
}
