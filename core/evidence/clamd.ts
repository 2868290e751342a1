import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { UstazError } from '../contract/problem.ts'

/** Bytes of one chunk; clamd takes any size up to its StreamMaxLength for the whole. */
const chunkBytes = 64 * 1024
/** Longest silence of the scanner before it counts as not there. */
const silenceMilliseconds = 30_000
/** An answer is one short line. */
const longestAnswer = 4096

/**
 * Has a content scanned by clamd over TCP (command INSTREAM in its z form: length in 4 bytes, big end first, before each chunk; a length
 * of 0 ends it; man clamd(8)). Answers null where it is clean, or what was found. Throws `scan-unavailable` (503) where nobody answers
 * or the answer is neither: a content is clean only if the scanner says so.
 */
export async function scanByClamd(address: string, content: Uint8Array): Promise<string | null> {
  const answer = await ask(address, content).catch((cause: unknown) => {
    throw unavailable(cause)
  })
  if (answer === 'stream: OK') return null
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (found === undefined) throw unavailable(new Error(`clamd answered: ${answer}`))
  return found
}

const unavailable = (cause: unknown) => new UstazError('scan-unavailable', { status: 503, cause })

async function ask(address: string, content: Uint8Array): Promise<string> {
  const { hostname, port } = new URL(address)
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) })
  socket.setTimeout(silenceMilliseconds, () => socket.destroy(new Error('clamd is silent')))
  try {
    await once(socket, 'connect')
    const answer = readAnswer(socket)
    await Promise.race([send(socket, content), answer])
    return await answer
  } finally {
    socket.destroy()
  }
}

async function send(socket: Socket, content: Uint8Array): Promise<void> {
  socket.write('zINSTREAM\0')
  for (let from = 0; from < content.length; from += chunkBytes) {
    const chunk = content.subarray(from, from + chunkBytes)
    socket.write(lengthOf(chunk.length))
    // A scanner that has heard enough answers and closes before the end: then nobody drains.
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
  }
  socket.write(lengthOf(0))
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

async function readAnswer(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8')
    if (text.includes('\0') || text.length > longestAnswer) break
  }
  return text.split('\0', 1)[0]!.trim()
}
