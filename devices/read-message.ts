import { MessageFault } from './device-type.ts'
import type { Decoded, DeviceType, MessageForm, Surroundings } from './device-type.ts'

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
  /** English, for the technician. */
  detail: string
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
  if (!match)
    return { fault: 'unknown-topic', device: null, type: null, detail: 'no device type publishes here' }
  const { type, form, parts } = match
  const device = parts['device'] ?? ''
  const malformed = (detail: string): UnreadMessage => ({
    fault: 'malformed',
    device,
    type: type.id,
    detail: detail.slice(0, 500),
  })
  if (payload.byteLength > payloadLimit) return malformed(`${payload.byteLength} bytes are too many`)
  try {
    const parsed = form.payload.safeParse(contentOf(form, payload))
    if (!parsed.success) return malformed(describe(parsed.error.issues))
    return whole(type.id, device, form.read(parsed.data, { parts, ...around }))
  } catch (error) {
    if (error instanceof MessageFault || error instanceof SyntaxError || error instanceof TypeError)
      return malformed(error.message)
    throw error
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

function describe(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  return issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.') || 'payload'}: ${message}`)
    .join('; ')
}
