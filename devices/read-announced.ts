import { reading } from './device-type.ts'
import type { Announcement, Reading } from './device-type.ts'
import { faultOf } from './fault.ts'
import type { Fault } from './fault.ts'
import { takeSteps, valueAt } from './value-template.ts'

/** What a message at an announced topic says; both null: nothing. */
export interface ReadAnnounced {
  reading: Reading | null
  online: boolean | null
}

/** What is sent in place of a value that is not known. */
const unknown = new Set(['', 'nan', 'none', 'null', 'unknown', 'unavailable'])
const number = /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads a message at an announced topic; never throws for what is sent. `fault`: what is there is not what was announced. */
export function readAnnounced(
  announcement: Announcement,
  payload: Uint8Array,
): ReadAnnounced | { fault: Fault } {
  let value: unknown
  try {
    value = valueAt(announcement.template, utf8.decode(payload))
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return { fault: faultOf(error instanceof TypeError ? 'no-text' : 'no-json', { said }) }
  }
  const word = wordOf(value)
  if (word === undefined)
    return { fault: faultOf('no-single-value', { value: JSON.stringify(value).slice(0, 100) }) }
  if (announcement.says === 'reading') return readNumber(announcement, word)
  const isOn = isSame(word, announcement.on) ? true : isSame(word, announcement.off) ? false : null
  if (isOn === null && !unknown.has(word.toLowerCase()))
    return {
      fault: faultOf('neither-word', {
        value: word.slice(0, 100),
        on: announcement.on,
        off: announcement.off,
      }),
    }
  if (announcement.says === 'availability') return { reading: null, online: isOn }
  const { channel } = announcement
  return { reading: isOn === null ? null : reading('presence', Number(isOn), { channel }), online: null }
}

function readNumber(
  announcement: Announcement & { says: 'reading' },
  word: string,
): ReadAnnounced | { fault: Fault } {
  const { quantity, channel, unit, template } = announcement
  if (unknown.has(word.toLowerCase())) return { reading: null, online: null }
  if (!number.test(word)) return { fault: faultOf('no-number', { value: word.slice(0, 100) }) }
  const value = takeSteps(template, Number(word)) * unit.factor + unit.offset
  return { reading: reading(quantity, value, { channel }), online: null }
}

/** A value as a template shows it; undefined: an object or a list. */
function wordOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** True and true are one word: some gateways announce the one and send the other. */
function isSame(word: string, announced: string): boolean {
  return word.toLowerCase() === announced.toLowerCase()
}
