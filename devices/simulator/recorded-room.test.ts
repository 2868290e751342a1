import { expect, test } from 'vitest'
import { deviceTypes, readMessage } from '../index.ts'
import { readRecord, recordedMessage } from './recorded-room.ts'

// The first lines of occupancy_test1 of Candanedo and Feldheim (2016), UCI Machine Learning Repository 357, CC BY 4.0.
const record = `row_id,timestamp,temperature_c,humidity_pct,light_lux,co2_ppm,humidity_ratio,occupancy
140,2015-02-02 14:19:00,23.7,26.272,585.2,749.2,0.00476416302416414,1
141,2015-02-02 14:19:59,23.718,26.29,578.4,760.4,0.00477266099212519,1
`
const from = Date.parse('2026-11-27T05:00:00Z')

test('a record is reported by messages that are read as what was measured, at its own pace', () => {
  const [, second] = readRecord(record)
  expect(second).toEqual({
    after: 59_000,
    readings: { temperature: 23.718, humidity: 26.29, illuminance: 578.4, co2: 760.4, presence: 1 },
  })
  const { topic, payload } = recordedMessage('office-1', second!, { from, sequence: 8 })
  const read = readMessage(deviceTypes, topic, Buffer.from(payload), {
    arrivedAt: new Date(from + 60_000),
    timeZone: 'Asia/Almaty',
  })
  expect(read).toMatchObject({ type: 'ustaz', device: 'office-1', sequence: 8 })
  expect('readings' in read && read.readings).toContainEqual({
    quantity: 'co2',
    value: 760.4,
    channel: '',
    at: new Date(from + 59_000),
  })
})

test('a value that is missing is not known, and never 0', () => {
  expect(readRecord('timestamp,people,co2_ppm\n2026-01-01 08:00:00,,500\n')[0]?.readings).toEqual({
    co2: 500,
  })
})

test.each([
  ['time,people\n', 'line 1'],
  ['timestamp,people\nnever,3\n', 'line 2: timestamp'],
  ['timestamp,people\n2026-01-01 08:00:00,many\n', 'line 2: people is no number: many'],
  ['timestamp,people\n2026-01-01 08:01:00,3\n2026-01-01 08:00:00,3\n', 'line 3'],
])('what is wrong in a record is said with its line: %j', (text, said) => {
  expect(() => readRecord(text)).toThrow(said)
})
