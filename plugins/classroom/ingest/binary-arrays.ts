/**
 * Arrays of PostgreSQL in its binary form (array_send: one dimension, no nulls, lower bound 1; each element with its length before it). A batch of
 * thousands of readings as text would cost more to write and to read again than to store.
 */
const heads = { int2: [21, 2], int8: [20, 8], float8: [701, 8], timestamptz: [1184, 8] } as const
const headBytes = 20
const twoTo32 = 4_294_967_296
/** 2000-01-01 UTC, ms since 1970: where PostgreSQL's clock begins. */
const epoch2000 = 946_684_800_000

/** `values`: numbers (int2, int8: whole, within 2^53), or ms since 1970 (timestamptz). */
export function binaryArray(type: keyof typeof heads, values: readonly number[]): Buffer {
  const [oid, size] = heads[type]
  const buffer = headOf(oid, values.length, values.length * (4 + size))
  let at = headBytes
  for (const value of values) {
    at = buffer.writeInt32BE(size, at)
    if (type === 'int2') at = buffer.writeInt16BE(value, at)
    else if (type === 'float8') at = buffer.writeDoubleBE(value, at)
    else {
      const whole = type === 'int8' ? value : Math.round((value - epoch2000) * 1000)
      const high = Math.floor(whole / twoTo32)
      at = buffer.writeInt32BE(high, at)
      at = buffer.writeUInt32BE(whole - high * twoTo32, at)
    }
  }
  return buffer
}

/** UTF-8. */
export function binaryTexts(values: readonly string[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + 4 + Buffer.byteLength(value), 0)
  const buffer = headOf(25, values.length, bytes)
  let at = headBytes
  for (const value of values) {
    const length = buffer.write(value, at + 4)
    buffer.writeInt32BE(length, at)
    at += 4 + length
  }
  return buffer
}

function headOf(oid: number, count: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(headBytes + bytes)
  for (const [index, value] of [1, 0, oid, count, 1].entries()) buffer.writeInt32BE(value, index * 4)
  return buffer
}
