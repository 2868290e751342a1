import { placeKey } from './place-key.ts'

/** The rows of a group that have a total, the lowest first; refilled by the next call. */
export interface Ordered {
  rows: Int32Array
  /** Place keys of the rows: equal ones mean equal totals. */
  keys: Float64Array
}

/**
 * For ordering the same rows many times. Key and number of a row are packed into one whole number of 64 bits and sorted by the
 * array's own sort, which is many times faster than one that calls back; totals so far apart that they do not
 * fit (a league of 10,000: 1,000,000 points) are sorted with a comparison.
 */
export function prepareOrder(members: Int32Array): (totals: Float64Array) => Ordered {
  const bits = Math.max(1, Math.ceil(Math.log2(members.length + 1)))
  const room = { bits, low: 2 ** (32 - bits), step: 2 ** bits, range: 2 ** (64 - bits) }
  const packed = new BigUint64Array(members.length)
  const words = new Uint32Array(packed.buffer)
  const given = new Float64Array(members.length)
  const ordered = { rows: new Int32Array(members.length), keys: new Float64Array(members.length) }
  return (totals) => {
    const { known, least, greatest } = readKeys(members, totals, given)
    if (greatest - least < room.range) {
      sortPacked({ given, packed, words, known, least, room })
      for (let index = 0; index < known; index++) {
        const member = words[2 * index + lowWord]! % room.step
        ordered.rows[index] = members[member]!
        ordered.keys[index] = given[member]!
      }
    } else {
      const order = Array.from(members.keys())
        .filter((member) => !Number.isNaN(given[member]))
        .sort((a, b) => given[a]! - given[b]!)
      order.forEach((member, index) => {
        ordered.rows[index] = members[member]!
        ordered.keys[index] = given[member]!
      })
    }
    return { rows: ordered.rows.subarray(0, known), keys: ordered.keys.subarray(0, known) }
  }
}

/** Which of the two words of a number comes first depends on the machine. */
const lowWord = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1

function readKeys(members: Int32Array, totals: Float64Array, given: Float64Array) {
  let [known, least, greatest] = [0, Infinity, -Infinity]
  for (let member = 0; member < members.length; member++) {
    const key = placeKey(totals[members[member]!]!)
    given[member] = key
    if (Number.isNaN(key)) continue
    known++
    if (key < least) least = key
    if (key > greatest) greatest = key
  }
  return { known, least, greatest }
}

function sortPacked(source: {
  given: Float64Array
  packed: BigUint64Array
  words: Uint32Array
  known: number
  least: number
  room: { low: number; step: number }
}): void {
  const { given, packed, words, known, least, room } = source
  let filled = 0
  for (let member = 0; member < given.length; member++) {
    const key = given[member]! - least
    if (Number.isNaN(key)) continue
    const high = Math.floor(key / room.low)
    words[2 * filled + lowWord] = (key - high * room.low) * room.step + member
    words[2 * filled + 1 - lowWord] = high
    filled++
  }
  packed.subarray(0, known).sort()
}
