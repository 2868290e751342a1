import { chirpstack } from './types/chirpstack.ts'
import { esphome } from './types/esphome.ts'
import { homeAssistant } from './types/home-assistant.ts'
import { senml } from './types/senml.ts'
import { tasmota } from './types/tasmota.ts'
import { ustaz } from './types/ustaz.ts'
import { zigbee2mqtt } from './types/zigbee2mqtt.ts'
import type { DeviceType } from './device-type.ts'

/** Every type of device there is. A new one: a file in types/ with its recorded messages, and a line here. */
export const deviceTypes: readonly DeviceType[] = [
  ustaz,
  senml,
  zigbee2mqtt,
  tasmota,
  esphome,
  chirpstack,
  homeAssistant,
]

export { faultCodes, MessageFault } from './fault.ts'
export type { Fault, FaultCode } from './fault.ts'
export type { Announcement, Announcements, Decoded, DeviceType, MessageForm, Reading } from './device-type.ts'
export { isPossible, quantities, quantityNames } from './quantity.ts'
export type { Quantity } from './quantity.ts'
export { matchTopic, payloadLimit, readMessage, subscriptionOf } from './read-message.ts'
export type { ReadMessage, UnreadMessage } from './read-message.ts'
export { createOutbox } from './outbox.ts'
export type { Outbox } from './outbox.ts'
export { momentOf, offsetAt } from './local-time.ts'
export { readAnnounced } from './read-announced.ts'
