import type { z } from 'zod'
import type { Decoded, DeviceType, MessageForm, Surroundings } from './device-type.ts'
import { faultOf, MessageFault } from './fault.ts'
import type { Fault } from './fault.ts'

/** What a message says, and which device of which type says it. */
export interface ReadMessage extends Decoded {
  type: string
  device: string
}
/** The message cannot be read; `device` null: not even whose it is. */
export interface UnreadMessage {
  fault: 'unknown-topic' | 'malformed'
  device: string | null
  type: string | null
  why: Fault
}

/** Payloads above this many bytes are malformed: no sensor has that much to say. */
export const payloadLimit = 64 * 1024

/** The type, the form and the parts of the topic; null: no type publishes there. */
export function matchTopic(
  types: readonly DeviceType[],
  topic: string,
): { type: DeviceType; form: MessageForm; parts: Record<string, string> } | null {
  const levels = topic.split('/')
  for (const { type, form, wanted } of patternsOf(types)) {
    if (!matches(wanted, levels)) continue
    const parts: Record<string, string> = {}
    for (const [index, { name }] of wanted.entries()) if (name !== null) parts[name] = levels[index]!
    return { type, form, parts }
  }
  return null
}

/** One level of a topic: a part of any text (`name`), or this `text`. */
type Level = { name: string; text: null } | { name: null; text: string }
interface Pattern {
  type: DeviceType
  form: MessageForm
  wanted: readonly Level[]
}

const patterns = new WeakMap<readonly DeviceType[], Pattern[]>()

/** Topics taken apart once, not for each message. */
function patternsOf(types: readonly DeviceType[]): readonly Pattern[] {
  const known = patterns.get(types)
  if (known) return known
  const made = types.flatMap((type) => type.messages.map((form) => ({ type, form, wanted: levelsOf(form) })))
  patterns.set(types, made)
  return made
}

function levelsOf({ topic }: MessageForm): Level[] {
  return topic
    .split('/')
    .map((level) =>
      level.startsWith('{') ? { name: level.slice(1, -1), text: null } : { name: null, text: level },
    )
}

function matches(wanted: readonly Level[], levels: readonly string[]): boolean {
  if (wanted.length !== levels.length) return false
  for (let index = 0; index < wanted.length; index++) {
    const { text } = wanted[index]!
    if (text === null ? levels[index] === '' : levels[index] !== text) return false
  }
  return true
}

/** The subscription that receives a form's messages. */
export function subscriptionOf({ topic }: Pick<MessageForm, 'topic'>): string {
  return topic.replaceAll(/\{[^}]+\}/g, '+')
}

/** Reads a message whatever it holds; never throws for what a device sends. */
export function readMessage(
  types: readonly DeviceType[],
  topic: string,
  payload: Uint8Array,
  around: Omit<Surroundings, 'parts'>,
): ReadMessage | UnreadMessage {
  const match = matchTopic(types, topic)
  if (!match) return { fault: 'unknown-topic', device: null, type: null, why: faultOf('no-type-here') }
  const { type, form, parts } = match
  const device = parts['device'] ?? ''
  const malformed = (why: Fault): UnreadMessage => ({ fault: 'malformed', device, type: type.id, why })
  if (payload.byteLength > payloadLimit) return malformed(faultOf('too-large', { bytes: payload.byteLength }))
  try {
    const parsed = form.payload.safeParse(contentOf(form, payload))
    if (!parsed.success) return malformed(wrongFields(parsed.error.issues))
    return whole(type.id, device, form.read(parsed.data, { parts, ...around }))
  } catch (error) {
    return malformed(faultOfError(error))
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Throws TypeError where the bytes are no UTF-8, SyntaxError where the text is no JSON. */
function contentOf({ format }: MessageForm, payload: Uint8Array): unknown {
  const text = utf8.decode(payload)
  if (format === 'text') return text
  return format === 'json-or-empty' && text.trim() === '' ? null : JSON.parse(text)
}

/** With nothing for what was not said. Written out, not spread: of all that is done for a message this costs the least. */
function whole(type: string, device: string, said: Partial<Decoded>): ReadMessage {
  return {
    type,
    device,
    readings: said.readings ?? [],
    sequence: said.sequence ?? null,
    online: said.online ?? null,
    firmware: said.firmware ?? null,
    receiptTopic: said.receiptTopic ?? null,
    announces: said.announces ?? null,
  }
}

function wrongFields(issues: readonly z.core.$ZodIssue[]): Fault {
  const shown = issues.slice(0, 5)
  const said = shown.map(({ path, message }) => `${path.map(String).join('.') || 'payload'}: ${message}`)
  const fields = shown.map((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : []
    return [...issue.path.map(String), ...keys].join('.') || 'payload'
  })
  return faultOf('fields-wrong', {
    said: said.join('; ').slice(0, 500),
    fields: fields.join(', ').slice(0, 200),
  })
}

/** What is wrong with a payload that could not be read; throws what has another cause. */
function faultOfError(error: unknown): Fault {
  if (error instanceof MessageFault) return error.fault
  if (error instanceof SyntaxError) return faultOf('no-json', { said: error.message.slice(0, 500) })
  if (error instanceof TypeError) return faultOf('no-text', { said: error.message.slice(0, 500) })
  throw error
}
