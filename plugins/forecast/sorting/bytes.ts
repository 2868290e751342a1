import { endianness } from 'node:os'

/** Little end first on every machine. */
export function bytesOf(numbers: Float32Array | Uint32Array): Buffer {
  const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32()
}
export const floatsOf = (bytes: Buffer) => new Float32Array(alignedOf(bytes))
export const countsOf = (bytes: Buffer) => new Uint32Array(alignedOf(bytes))

function alignedOf(bytes: Buffer): ArrayBuffer {
  const copy = Buffer.from(bytes)
  const own = new Uint8Array(endianness() === 'LE' ? copy : copy.swap32())
  return own.buffer
}
