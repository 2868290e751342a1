import type { Announcement } from '../device-type.ts'
import { faultOf } from '../fault.ts'
import type { Fault } from '../fault.ts'
import type { Quantity } from '../quantity.ts'
import { parseTemplate, wholePayload } from '../value-template.ts'
import { readSensorName } from './sensor-name.ts'

/** A sensor as discovery describes it. */
export interface Entity {
  platform: string
  /** Of the sensor within its device; empty: it has one. */
  name: string
  /** Null: it has none. */
  topic: string | null
  /** Empty: none was said, like the unit. */
  deviceClass: string
  unit: string
  template: string | null
  on: string
  off: string
}

const byClass: Readonly<Record<string, Quantity>> = {
  temperature: 'temperature',
  humidity: 'humidity',
  carbon_dioxide: 'co2',
  illuminance: 'illuminance',
  battery: 'battery',
}
const presenceClasses = new Set(['occupancy', 'presence', 'motion', 'moving'])
const peopleUnits = new Set(['people', 'person', 'persons'])

type Unit = (Announcement & { says: 'reading' })['unit']
const asItIs: Unit = { factor: 1, offset: 0 }
/** Units of each quantity; where none is said, it is the first. */
const units: Partial<Record<Quantity, Readonly<Record<string, Unit>>>> = {
  temperature: {
    '°C': asItIs,
    C: asItIs,
    '°F': { factor: 5 / 9, offset: (-32 * 5) / 9 },
    F: { factor: 5 / 9, offset: (-32 * 5) / 9 },
    K: { factor: 1, offset: -273.15 },
  },
  humidity: { '%': asItIs },
  co2: { ppm: asItIs },
  illuminance: { lx: asItIs, lux: asItIs },
  battery: { '%': asItIs },
}

/** What an entity announces; null: it measures nothing about a room; a fault: why it cannot be used. */
export function announcementOf(entity: Entity): Announcement | Fault | null {
  const measured = measuredBy(entity)
  if (measured === null || entity.topic === null) return null
  const fault = topicFault(entity.topic)
  if (fault !== null) return fault
  const template = entity.template ? parseTemplate(entity.template) : wholePayload
  if (template === null) return faultOf('template-unknown', { template: entity.template ?? '' })
  const { topic, on, off } = entity
  if (measured.quantity === 'presence')
    return { says: 'presence', topic, template, channel: measured.channel, on, off }
  const known = units[measured.quantity]
  const unit = known && entity.unit !== '' ? known[entity.unit] : asItIs
  if (!unit) return faultOf('unit-unknown', { quantity: measured.quantity, unit: entity.unit })
  return { says: 'reading', topic, template, ...measured, unit }
}

/** Which quantity, and which of several like sensors. People are no device class: they are known by their unit. */
function measuredBy({
  platform,
  name,
  deviceClass,
  unit,
}: Entity): { quantity: Quantity; channel: string } | null {
  if (platform === 'binary_sensor')
    return presenceClasses.has(deviceClass) ? { quantity: 'presence', channel: name } : null
  if (platform !== 'sensor') return null
  const quantity = byClass[deviceClass]
  if (quantity) return { quantity, channel: name }
  if (!peopleUnits.has(unit.toLowerCase())) return null
  const named = readSensorName(name)
  const isOfPeople = named && ['people', 'in-total', 'out-total'].includes(named.quantity)
  return isOfPeople ? named : { quantity: 'people', channel: name }
}

/** Why a topic cannot be listened to; null: it can. */
export function topicFault(topic: string): Fault | null {
  if (topic.length > 200) return faultOf('topic-long')
  if (/[+#\0]/.test(topic)) return faultOf('topic-several', { topic })
  const isForeign = topic.startsWith('$') || topic.split('/').includes('')
  return isForeign ? faultOf('topic-foreign', { topic }) : null
}
