import type { Quantity } from '../quantity.ts'
import type { SimulatedMessage } from './messages-of.ts'

/** A moment of a recorded room: milliseconds since its first moment, and what was measured then. */
export interface RecordedMoment {
  after: number
  readings: Partial<Record<Quantity, number>>
}

/** Columns by their names in the record of UCI 357; occupancy there is 0 or 1: whether anybody is in. */
const columns: Readonly<Record<string, Quantity>> = {
  temperature_c: 'temperature',
  humidity_pct: 'humidity',
  light_lux: 'illuminance',
  co2_ppm: 'co2',
  people: 'people',
  occupancy: 'presence',
}

/**
 * Reads a record of a room: a line of column names, then a line for each moment, in their order, comma between. `timestamp` (YYYY-MM-DD HH:MM:SS) must be
 * among the columns and at least one of those above; others are passed over, and an empty value is not known. Throws RangeError with the line
 * that is wrong.
 */
export function readRecord(text: string): RecordedMoment[] {
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const names = head.split(',')
  const clock = names.indexOf('timestamp')
  const measured = names.flatMap((name, index) => {
    const quantity = columns[name]
    return quantity === undefined ? [] : [{ index, quantity }]
  })
  if (clock < 0 || measured.length === 0)
    throw new RangeError(`line 1: needs timestamp and one of ${Object.keys(columns).join(', ')}`)
  let first = NaN
  let before = -Infinity
  return lines.map((line, number) => {
    const cells = line.split(',')
    const wrong = (what: string) => new RangeError(`line ${number + 2}: ${what}`)
    const at = Date.parse(`${(cells[clock] ?? '').replace(' ', 'T')}Z`)
    if (Number.isNaN(at)) throw wrong('timestamp is no YYYY-MM-DD HH:MM:SS')
    if (at < before) throw wrong('it is earlier than the line before')
    before = at
    if (Number.isNaN(first)) first = at
    const readings: RecordedMoment['readings'] = {}
    for (const { index, quantity } of measured) {
      const cell = (cells[index] ?? '').trim()
      if (cell === '') continue
      if (!Number.isFinite(Number(cell))) throw wrong(`${names[index] ?? ''} is no number: ${cell}`)
      readings[quantity] = Number(cell)
    }
    return { after: at - first, readings }
  })
}

/** The message by which a device in such a room reports a moment of the record, as if its first one had been at `from` (milliseconds). Pure. */
export function recordedMessage(
  device: string,
  { after, readings }: RecordedMoment,
  { from, sequence }: { from: number; sequence: number },
): SimulatedMessage {
  const payload = JSON.stringify({ time: new Date(from + after).toISOString(), seq: sequence, readings })
  return { topic: `ustaz/${device}/readings`, payload }
}
