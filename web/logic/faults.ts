/** Faults of an input by the part of the form they belong to, in the reader's words. */
export interface FormFaults {
  data: Record<string, string>
  /** '' for the whole list, else by the place of the participant, from 0. */
  participants: Record<string, string>
  happenedOn: string
  files: string
  /** What belongs to no field. */
  other: string[]
}

/** Sorts faults by their JSON pointer (/data/title, /participants/0/role, /happenedOn, /files). */
export function formFaults(faults: readonly { path: string; message: string }[]): FormFaults {
  const sorted: FormFaults = { data: {}, participants: {}, happenedOn: '', files: '', other: [] }
  for (const { path, message } of faults) {
    const [, place = '', part = ''] = path.split('/')
    if (place === 'data' && part !== '') sorted.data[unescape(part)] ??= message
    else if (place === 'participants') sorted.participants[part] ??= message
    else if (place === 'happenedOn' || place === 'files') sorted[place] ||= message
    else sorted.other.push(message)
  }
  return sorted
}

/** RFC 6901: ~1 is a slash, ~0 a tilde. */
const unescape = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~')
