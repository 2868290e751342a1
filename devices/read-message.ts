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
  for (const type of types) {
    for (const form of type.messages) {
      const parts = partsOf(form.topic, levels)
      if (parts) return { type, form, parts }
    }
  }
  return null
}

function partsOf(pattern: string, levels: readonly string[]): Record<string, string> | null {
  const wanted = pattern.split('/')
  if (wanted.length !== levels.length) return null
  const parts: Record<string, string> = {}
  for (const [index, want] of wanted.entries()) {
    const level = levels[index]!
    if (!want.startsWith('{')) {
      if (want !== level) return null
    } else if (level === '') return null
    else parts[want.slice(1, -1)] = level
  }
  return parts
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
    return { ...nothing(), ...form.read(parsed.data, { parts, ...around }), type: type.id, device }
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

function nothing(): Decoded {
  return { readings: [], sequence: null, online: null, firmware: null, receiptTopic: null, announces: null }
}

function describe(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  return issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.') || 'payload'}: ${message}`)
    .join('; ')
}
