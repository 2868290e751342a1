import { expect, test } from 'vitest'
import { judgeAtOnce } from './judge-at-once.ts'
import type { ArrivedMessage } from './message.ts'

const rules = { timeZone: 'Asia/Almaty', lateDays: 45 }
const from = { acknowledge: fail, pause: fail, resume: fail, publish: fail }
function fail(): never {
  throw new Error('nobody is told anything yet')
}
function arrived(topic: string, payload: string): ArrivedMessage {
  const arrivedAt = new Date('2026-09-01T05:00:00Z')
  return { topic, payload: Buffer.from(payload), retained: false, again: false, arrivedAt, id: 1, from }
}
const known = {
  devices: {
    knownFinder: () => (name: string, type: string) => (name === 'r1' ? { id: 7, type } : null),
  },
  announced: { at: () => [] },
  rules,
}
const reading = arrived('ustaz/r1/readings', '{"seq":3,"readings":{"people":12}}')

test('judges a message when it comes', () => {
  const judgement = judgeAtOnce(reading, known)
  expect(judgement).toMatchObject({ outcome: 'stored', readings: [{ deviceId: 7, sequence: 3, value: 12 }] })
})

test('leaves to the batch what needs the database', () => {
  expect(judgeAtOnce(reading, { ...known, devices: { knownFinder: () => null } })).toBeNull()
  const config =
    '{"state_topic":"homeassistant/sensor/r1/state","device_class":"temperature","unit_of_measurement":"°C"}'
  const announcement = arrived('homeassistant/sensor/r1/temperature/config', config)
  expect(judgeAtOnce(announcement, known)).toBeNull()
})

test('leaves to the batch whether a device is in use that was not known', () => {
  expect(judgeAtOnce(arrived('ustaz/r2/readings', '{"readings":{"people":12}}'), known)).toBeNull()
})

test('leaves to the batch what cannot be judged, and does not fail', () => {
  const devices = {
    knownFinder: () => () => {
      throw new RangeError('too deep')
    },
  }
  expect(judgeAtOnce(reading, { ...known, devices })).toBeNull()
})
