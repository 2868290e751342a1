/** A PUBLISH packet without its properties (MQTT 5), none of which says anything about what was measured. */
export interface PublishPacket {
  topic: string
  payload: Buffer
  retained: boolean
  /** It may have been given out before. */
  again: boolean
  /** By which it is acknowledged; null: QoS 0. */
  id: number | null
}
interface SplitParts {
  /** 4: MQTT 3.1.1. */
  version: 4 | 5
  onPublish(packet: PublishPacket): void
  /** Whole packets of other types, as they came. */
  onOther(packets: Buffer): void
}

/** What came is no MQTT of that version. */
export class PacketFault extends Error {}

const publishType = 3

/**
 * Splits what a broker sends into PUBLISH packets and all others, across the borders of what the network brings. Answers what takes each
 * piece; it throws PacketFault, after which nothing more can be read.
 */
export function splitPackets({ version, onPublish, onOther }: SplitParts): (bytes: Buffer) => void {
  /** The beginning of a packet, and how many bytes are known to belong to it. */
  let begun: Buffer[] = []
  let have = 0
  let need = 0

  const keep = (bytes: Buffer, length: number) => {
    begun = bytes.length === 0 ? [] : [bytes]
    have = bytes.length
    need = length
  }
  return (bytes) => {
    begun.push(bytes)
    have += bytes.length
    if (have < need) return
    const all = begun.length === 1 ? bytes : Buffer.concat(begun, have)
    let at = 0
    for (;;) {
      const head = readLength(all, at + 1, all.length)
      const end = head === null ? at + 2 : head.next + head.value
      if (head === null || end > all.length) {
        keep(all.subarray(at), end - at)
        return
      }
      if (all[at]! >> 4 === publishType)
        onPublish(readPublish(all, { version, flags: all[at]!, from: head.next, end }))
      else onOther(all.subarray(at, end))
      at = end
    }
  }
}

/** A length as MQTT writes it (1.5.5: seven bits in each byte, the lowest first); null: not all of it is there yet. */
function readLength(bytes: Buffer, from: number, end: number): { value: number; next: number } | null {
  let value = 0
  for (let index = 0; index < 4; index++) {
    if (from + index >= end) return null
    const byte = bytes[from + index]!
    value += (byte & 0x7f) * 128 ** index
    if (byte < 0x80) return { value, next: from + index + 1 }
  }
  throw new PacketFault('a length of more than four bytes')
}

interface Place {
  version: 4 | 5
  flags: number
  from: number
  end: number
}

/** MQTT 5, 3.3; before it there are no properties. */
function readPublish(bytes: Buffer, { version, flags, from, end }: Place): PublishPacket {
  const qos = (flags >> 1) & 3
  const topicAt = from + 2
  const topicEnd = topicAt <= end ? topicAt + bytes.readUInt16BE(from) : Infinity
  const idEnd = topicEnd + (qos === 0 ? 0 : 2)
  const payloadAt = version === 5 && idEnd <= end ? propertiesEnd(bytes, idEnd, end) : idEnd
  // Names for topics (3.3.2.3.4) are not offered, so that there always is one.
  if (qos === 3 || payloadAt > end || topicEnd === topicAt) throw new PacketFault('a PUBLISH that is none')
  return {
    topic: bytes.toString('utf8', topicAt, topicEnd),
    payload: bytes.subarray(payloadAt, end),
    retained: (flags & 1) !== 0,
    again: (flags & 8) !== 0,
    id: qos === 0 ? null : bytes.readUInt16BE(topicEnd),
  }
}

function propertiesEnd(bytes: Buffer, from: number, end: number): number {
  const length = readLength(bytes, from, end)
  return length === null ? Infinity : length.next + length.value
}

/** MQTT 5, 3.4: PUBACKs with nothing but the identifier, which means success; the same in 3.1.1. */
export function acknowledgementsOf(ids: readonly number[]): Buffer {
  const packets = Buffer.allocUnsafe(ids.length * 4)
  for (let index = 0; index < ids.length; index++) {
    packets.writeUInt16BE(0x40_02, index * 4)
    packets.writeUInt16BE(ids[index]!, index * 4 + 2)
  }
  return packets
}
