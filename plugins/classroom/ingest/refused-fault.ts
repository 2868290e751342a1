import type { RefusedFault } from './judgement.ts'

/** Why a message that can be read is not stored, in English; devices/fault.ts has those of messages that cannot. */
const words = {
  'no-device': 'no {type} of this name',
  'too-many-announced': 'a device announces {most} values at most',
  'out-of-range': '{quantity} {value} is not between {min} and {max} {unit}',
  'never-measured': 'it was measured at no time',
  'measured-later': 'measured {seconds} s after it arrived',
  'measured-long-ago': 'measured {days} days before it arrived',
  'not-storable': '{said}',
} as const
export const refusedCodes = Object.keys(words)

export function refusedFault(code: keyof typeof words, params: RefusedFault['params'] = {}): RefusedFault {
  const detail = words[code].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
  return { code, params, detail }
}
