import type { DeviceList } from './device-list.ts'
import type { AnnouncedTopics } from './follow-announcements.ts'
import { judgeArrived } from './judge-arrived.ts'
import type { JudgeRules } from './judge-message.ts'
import type { Judgement } from './judgement.ts'
import type { ArrivedMessage } from './message.ts'

interface KnownAtOnce {
  devices: Pick<DeviceList, 'knownFinder'>
  announced: Pick<AnnouncedTopics, 'at'>
  rules: JudgeRules
}

/**
 * What becomes of a message as far as that is known when it comes, so that messages are judged while those before them are stored. null: it is
 * said with the message's batch, because devices have to be read anew, its device is not known and may have been taken into use just
 * now, it announces (how much was announced is known for a batch as a whole), or judging fails (the batch keeps it apart).
 */
export function judgeAtOnce(
  message: ArrivedMessage,
  { devices, announced, rules }: KnownAtOnce,
): Judgement | null {
  const find = devices.knownFinder()
  if (!find) return null
  const counted = { any: false }
  const countAnnounced = () => {
    counted.any = true
    return 0
  }
  try {
    const judgement = judgeArrived(message, { find, announcedAt: announced.at, countAnnounced }, rules)
    return counted.any || isOfStranger(judgement) ? null : judgement
  } catch {
    return null
  }
}

const isOfStranger = ({ quarantined }: Judgement) =>
  quarantined.some(({ reason }) => reason === 'unknown-device')
