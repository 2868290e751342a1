import { reading } from '../device-type.ts'
import type { Reading } from '../device-type.ts'
import { MessageFault } from '../fault.ts'

interface Field {
  /** Of the value; told by the value itself where it is a function. */
  bytes: number | ((rest: DataView) => number)
  read?(view: DataView): Reading[]
}
const u8 = (view: DataView, at = 0) => view.getUint8(at)
const u16 = (view: DataView, at = 0) => view.getUint16(at, true)
const u32 = (view: DataView) => view.getUint32(0, true)

/** What a counter kept while it had no network: seconds since 1970, kind, what passed in the period, and for kind 1 the totals. */
function readHistory(view: DataView): Reading[] {
  const at = new Date(u32(view) * 1000)
  const period = [reading('in-period', u16(view, 5), { at }), reading('out-period', u16(view, 7), { at })]
  if (view.byteLength < 13) return period
  return [...period, reading('in-total', u16(view, 9), { at }), reading('out-total', u16(view, 11), { at })]
}

/** The three channels of a line of a counter (VS133, VS135; VS132 has the first). */
function line(number: number, [into, out, period]: [number, number, number]): [string, Field][] {
  const channel = `line-${number}`
  return [
    [key(into, 0xd2), { bytes: 4, read: (view) => [reading('in-total', u32(view), { channel })] }],
    [key(out, 0xd2), { bytes: 4, read: (view) => [reading('out-total', u32(view), { channel })] }],
    [
      key(period, 0xcc),
      {
        bytes: 4,
        read: (view) => [
          reading('in-period', u16(view), { channel }),
          reading('out-period', u16(view, 2), { channel }),
        ],
      },
    ],
  ]
}

function key(channel: number, type: number): string {
  return `${channel.toString(16).padStart(2, '0')} ${type.toString(16).padStart(2, '0')}`
}

/**
 * Channel and type of Milesight's uplinks (Milesight IoT, SensorDecoders: the tables of the READMEs of vs121, vs132, vs133, vs135, vs350 and of
 * the AM series). Those without `read` are stepped over.
 */
const fields = new Map<string, Field>([
  [key(0x01, 0x75), { bytes: 1, read: (view) => [reading('battery', u8(view))] }],
  [key(0x03, 0x67), { bytes: 2, read: (view) => [reading('temperature', view.getInt16(0, true) / 10)] }],
  [key(0x04, 0x68), { bytes: 1, read: (view) => [reading('humidity', u8(view) / 2)] }],
  [key(0x07, 0x7d), { bytes: 2, read: (view) => [reading('co2', u16(view))] }],
  [key(0x04, 0xc9), { bytes: 4, read: (view) => [reading('people', u8(view))] }],
  [
    key(0x04, 0xcc),
    { bytes: 4, read: (view) => [reading('in-total', u16(view)), reading('out-total', u16(view, 2))] },
  ],
  // A value that crossed a limit, and which.
  [key(0x83, 0x67), { bytes: 3, read: (view) => [reading('temperature', view.getInt16(0, true) / 10)] }],
  [
    key(0x20, 0xce),
    { bytes: (rest) => (rest.byteLength > 4 && u8(rest, 4) === 1 ? 13 : 9), read: readHistory },
  ],
  ...line(1, [0x03, 0x04, 0x05]),
  ...line(2, [0x06, 0x07, 0x08]),
  ...line(3, [0x09, 0x0a, 0x0b]),
  ...line(4, [0x0c, 0x0d, 0x0e]),
  ...(
    [
      ['05 00', 1],
      ['05 6a', 2],
      ['06 65', 6],
      ['06 cb', 1],
      ['06 cd', 1],
      ['07 d5', 8],
      ['08 d5', 8],
      ['08 7d', 2],
      ['09 73', 2],
      ['0a 7d', 2],
      ['0b 7d', 2],
      ['0c 7d', 2],
      ['0f e3', 4],
      ['10 e4', 9],
      ['09 da', 8],
      ['0a da', 8],
      ['0b da', 8],
      ['0c da', 8],
      ['03 f4', 2],
      ['ff 01', 1],
      ['ff 08', 6],
      ['ff 09', 2],
      ['ff 0a', 2],
      ['ff 0b', 1],
      ['ff 16', 8],
      ['ff 18', 2],
      ['ff 1f', 4],
    ] as const
  ).map(([name, bytes]): [string, Field] => [name, { bytes }]),
])

/** Reads an uplink. Throws `MessageFault` for a channel nobody knows (its length is unknown too) and for bytes that are cut off. */
export function readMilesight(bytes: Uint8Array): Reading[] {
  const found: Reading[] = []
  let place = 0
  while (place < bytes.length) {
    const [channel, type] = [bytes[place], bytes[place + 1]]
    const field = fields.get(key(channel ?? 0, type ?? 0))
    if (!field) throw new MessageFault('channel-unknown', { channel: key(channel ?? 0, type ?? 0), place })
    const start = place + 2
    if (start > bytes.length) throw new MessageFault('channel-cut', { place })
    const rest = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start)
    const length = typeof field.bytes === 'number' ? field.bytes : field.bytes(rest)
    if (length > rest.byteLength) throw new MessageFault('value-cut', { place: start })
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, length)
    found.push(...(field.read?.(view) ?? []))
    place = start + length
  }
  return found
}
