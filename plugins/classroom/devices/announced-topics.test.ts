import { expect, test } from 'vitest'
import { isOwnTopic } from './announced-topics.ts'

const inUse = new Map([
  ['r1', 'home-assistant'],
  ['r2', 'ustaz'],
  ['sensor', 'home-assistant'],
  ['application', 'home-assistant'],
  ['24e124', 'chirpstack'],
])
const may = (name: string, topic: string) => isOwnTopic(topic, { name, isGateway: false }, inUse)

test('a topic with the name of the device and nobody else is its own', () => {
  expect(may('r1', 'house/r1/co2')).toBe(true)
  expect(may('r1', 'r1/sensor-7/state')).toBe(true)
  expect(may('r1', 'house/co2')).toBe(false)
  expect(may('r1', 'ustaz/r2/readings')).toBe(false)
  expect(may('r1', 'house/r1/r2')).toBe(false)
})

test('a device whose name is a word of others topics does not own them', () => {
  expect(may('sensor', 'homeassistant/sensor/r1/state')).toBe(false)
  expect(may('application', 'application/1/device/24e124/event/up')).toBe(false)
})

test('a gateway publishes for devices of its type, and for no other', () => {
  const gateway = { name: 'bridge', isGateway: true }
  expect(isOwnTopic('zigbee2mqtt/Kitchen', gateway, inUse)).toBe(true)
  expect(isOwnTopic('zigbee2mqtt/r1', gateway, inUse)).toBe(true)
  expect(isOwnTopic('ustaz/r2/readings', gateway, inUse)).toBe(false)
})
