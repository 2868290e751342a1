import { defineRoute, idSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'
import { alertKinds, quarantineReasons } from '../tables.ts'

const tag = 'classroom'
const moment = z.iso.datetime()
const params = z.object({ id: idSchema })

export const deviceSchema = z.object({
  id: z.int(),
  name: z.string(),
  type: z.string(),
  /** Publishes for every device of its type, and measures nothing itself. */
  isGateway: z.boolean(),
  intervalSeconds: z.int(),
  room: z.object({ id: z.int(), code: z.string() }).nullable(),
  lastSeenAt: moment.nullable(),
  online: z.boolean().nullable(),
  firmware: z.string().nullable(),
  battery: z.number().nullable(),
  /** Messages its numbers show to be lost. */
  missed: z.int(),
  clockAheadSeconds: z.number().nullable(),
  retiredAt: moment.nullable(),
  alerts: z.array(z.object({ kind: z.enum(alertKinds), detail: z.string(), since: moment })),
})
export type Device = z.infer<typeof deviceSchema>

export const listDevices = defineRoute({
  method: 'GET',
  path: '/devices',
  summary: 'Devices with their room, battery, connection and alerts; those with alerts first',
  tag,
  action: 'device.read',
  query: z.object({ ...pageQuery, search: z.string().trim().max(80).default('') }),
  response: pageOf(deviceSchema),
})

const credentialsSchema = z.object({
  id: z.int(),
  name: z.string(),
  /** Shown this once; only its hash is kept. */
  password: z.string(),
  topics: z.array(z.string()),
})

export type Credentials = z.infer<typeof credentialsSchema>

export const provisionDevice = defineRoute({
  method: 'POST',
  path: '/devices',
  summary: 'Take a device into use; its password is in the answer and never again',
  tag,
  action: 'device.manage',
  body: z.object({
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/),
    type: z.enum(['ustaz', 'senml', 'zigbee2mqtt', 'tasmota', 'esphome', 'chirpstack', 'home-assistant']),
    intervalSeconds: z.int().min(1).max(86_400),
    roomCode: z.string().trim().max(80).nullable(),
    isGateway: z.boolean().default(false),
  }),
  response: credentialsSchema,
})

export const renewPassword = defineRoute({
  method: 'POST',
  path: '/devices/:id/password',
  summary: 'Give a device another password; the one before is void at once',
  tag,
  action: 'device.manage',
  params,
  response: credentialsSchema,
})

export const moveDevice = defineRoute({
  method: 'POST',
  path: '/devices/:id/room',
  summary:
    'Say in which room a device stands from a moment on; what it said before stays with the room it stood in',
  tag,
  action: 'device.manage',
  params,
  body: z.object({ roomCode: z.string().trim().max(80).nullable(), from: moment.optional() }),
  response: deviceSchema,
})

export const retireDevice = defineRoute({
  method: 'POST',
  path: '/devices/:id/retire',
  summary: 'Take a device out of use: it is not let in any more, what it said is kept',
  tag,
  action: 'device.manage',
  params,
  response: deviceSchema,
})

export const exportAcl = defineRoute({
  method: 'GET',
  path: '/devices/acl',
  summary: 'Access control list for Mosquitto: each device writes its own topics',
  tag,
  action: 'device.manage',
  produces: ['text/plain'],
})

export const exportPasswords = defineRoute({
  method: 'GET',
  path: '/devices/passwords',
  summary: 'Password file for Mosquitto: hashes of the devices’ passwords',
  tag,
  action: 'device.manage',
  produces: ['text/plain'],
})

export const quarantinedSchema = z.object({
  id: z.int(),
  reason: z.enum(quarantineReasons),
  topic: z.string(),
  device: z.string().nullable(),
  detail: z.string(),
  payload: z.string(),
  firstAt: moment,
  lastAt: moment,
  times: z.int(),
})

export const listQuarantine = defineRoute({
  method: 'GET',
  path: '/quarantine',
  summary:
    'Messages that were not stored, with the reason, newest first; the same message once, with how often it came',
  tag,
  action: 'device.read',
  query: z.object({ ...pageQuery, reason: z.enum(quarantineReasons).optional() }),
  response: pageOf(quarantinedSchema),
})

export const readCounts = defineRoute({
  method: 'GET',
  path: '/ingest/counts',
  summary:
    'How many messages came to which end, by day (UTC) of arrival, the last 14 days; and how many each process took',
  tag,
  action: 'device.read',
  response: z.object({
    items: z.array(z.object({ day: z.string(), outcome: z.string(), count: z.int() })),
    /** Which took messages within a day, the newest first. */
    processes: z.array(z.object({ name: z.string(), startedAt: moment, lastAt: moment, messages: z.int() })),
  }),
})
