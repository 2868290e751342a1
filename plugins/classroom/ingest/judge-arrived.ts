import { readAnnounced } from '@ustaz/devices'
import type { Fault, Reading } from '@ustaz/devices'
import { announcingType } from './announcements.ts'
import type { Announced } from './announcements.ts'
import { ended, judgeMessage, judgeReadings, outcomeOf } from './judge-message.ts'
import type { JudgeRules, Known, Message } from './judge-message.ts'
import type { Judgement, Outcome } from './judgement.ts'

/** What becomes of a message, by the type whose topic it is and by what was announced of its topic. Pure. */
export function judgeArrived(message: Message, known: Known, rules: JudgeRules): Judgement {
  const own = judgeMessage(message, known, rules)
  const announced = known.announcedAt(message.topic)
  if (announced.length === 0) return own
  const found = readForDevices(announced, message.payload).map((one) => judgeAnnounced(one, message, rules))
  // Nobody else publishes there: what is announced is all there is to say.
  const isStranger = ['unknown-topic', 'unknown-device'].includes(own.quarantined[0]?.reason ?? '')
  return isStranger ? merge(found) : merge([own, ...found])
}

/** What a message says of one of the devices that announced its topic. */
interface AnnouncedReadings {
  deviceId: number
  deviceName: string
  readings: Reading[]
  online: boolean | null
  /** What was there and is not what was announced. */
  faults: Fault[]
}

function readForDevices(announced: readonly Announced[], payload: Uint8Array): AnnouncedReadings[] {
  return [...Map.groupBy(announced, ({ deviceId }) => deviceId).values()].map((own) => {
    const { deviceId, deviceName } = own[0]!
    const found: AnnouncedReadings = { deviceId, deviceName, readings: [], online: null, faults: [] }
    for (const { announcement } of own) {
      const read = readAnnounced(announcement, payload)
      if ('fault' in read) found.faults.push(read.fault)
      else {
        if (read.reading) found.readings.push(read.reading)
        found.online ??= read.online
      }
    }
    return found
  })
}

/** What a message at an announced topic says of one device. It has no time and no number. */
function judgeAnnounced(read: AnnouncedReadings, message: Message, rules: JudgeRules): Judgement {
  const { deviceId, deviceName: name, readings, online, faults } = read
  if (message.retained && readings.length > 0) return ended('retained')
  const device = { id: deviceId, type: announcingType }
  const judged = judgeReadings(readings, { message, device, rules, name, sequence: null })
  const malformed = faults.map((why) => ({ reason: 'malformed' as const, deviceName: name, why }))
  const quarantined = [...malformed, ...judged.quarantined]
  const battery = judged.readings.find(({ quantity }) => quantity === 'battery')?.value ?? null
  const nothingElse = { firmware: null, sequence: null, clockAhead: null }
  const news = { deviceId, seenAt: message.arrivedAt, online, battery, ...nothingElse }
  return {
    ...judged,
    outcome: outcomeOf(judged.readings, quarantined),
    quarantined,
    announces: null,
    receipt: null,
    news: message.retained && online === null ? [] : [news],
  }
}

const outcomes: readonly Outcome[] = ['late', 'stored', 'status', 'quarantined', 'retained']

/** Several judgements of one message: it is counted once, by the first of `outcomes` that one of them has. */
function merge(all: readonly Judgement[]): Judgement {
  return {
    outcome: outcomes.find((one) => all.some(({ outcome }) => outcome === one)) ?? 'status',
    receipt: all.find(({ receipt }) => receipt)?.receipt ?? null,
    readings: all.flatMap(({ readings }) => readings),
    news: all.flatMap(({ news }) => news),
    quarantined: all.flatMap(({ quarantined }) => quarantined),
    announces: all.find(({ announces }) => announces)?.announces ?? null,
  }
}
