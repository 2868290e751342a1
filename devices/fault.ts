/** Why something was not understood: a code and what it is about, for words in any language, and those words in English. */
export interface Fault {
  code: FaultCode
  params: Readonly<Record<string, string | number>>
  detail: string
}

const words = {
  'no-type-here': 'no device type publishes here',
  'too-large': '{bytes} bytes are too many',
  'no-text': '{said}',
  'no-json': '{said}',
  'fields-wrong': '{said}',
  'no-base64': 'data is no base64',
  'channel-unknown': 'channel {channel} at byte {place} is not known',
  'channel-cut': 'the channel at byte {place} is cut off',
  'value-cut': 'the value at byte {place} is cut off',
  'no-name': '"{name}" is no name',
  'versions-differ': 'records of one pack have different versions',
  'version-unknown': 'version {version} is not known',
  'label-unknown': 'the label {label} must be understood, and is not',
  'values-several': 'a record has more than one value',
  'value-missing': 'a record has a name and no value',
  'no-time': '{seconds} is no time',
  'no-single-value': '{value} is no single value',
  'neither-word': '{value} is neither {on} nor {off}',
  'no-number': '{value} is no number',
  'topic-long': 'the topic is too long',
  'topic-several': '{topic} is not one topic',
  'topic-foreign': '{topic} is no topic of a device',
  'template-unknown': 'the template is not understood: {template}',
  'availability-unknown': 'the template of availability is not understood: {template}',
  'unit-unknown': '{quantity} in {unit} is not understood',
} as const
export type FaultCode = keyof typeof words
export const faultCodes = Object.keys(words) as FaultCode[]

export function faultOf(code: FaultCode, params: Fault['params'] = {}): Fault {
  const detail = words[code].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
  return { code, params, detail }
}

/** A payload that has no meaning, and why. */
export class MessageFault extends Error {
  readonly fault: Fault
  constructor(code: FaultCode, params: Fault['params'] = {}) {
    const fault = faultOf(code, params)
    super(fault.detail)
    this.fault = fault
  }
}
