import type { PluginContext } from '@ustaz/core/plugin'
import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import type { AnnouncedTopics } from './follow-announcements.ts'
import { countAnnounced } from './count-announced.ts'
import { deviceList } from './device-list.ts'
import { judgeArrived } from './judge-arrived.ts'
import { judgeAtOnce } from './judge-at-once.ts'
import { refuse } from './judge-message.ts'
import type { JudgeRules, Known } from './judge-message.ts'
import type { JudgedMessage, Judgement } from './judgement.ts'
import type { ArrivedMessage } from './message.ts'
import { pause } from './pause.ts'
import { refusedFault } from './refused-fault.ts'
import { ensureMonth, monthOf } from './partitions.ts'
import { storeBatch } from './store-batch.ts'
import { acknowledge, sendReceipts } from './tell-stored.ts'

export interface Batches {
  add(message: ArrivedMessage): void
  /** Finishes the batch that is being committed and takes nothing more; the broker will give the rest out again. */
  stop(): Promise<void>
}

interface BatchParts {
  db: Kysely<ClassroomTables>
  jobs: PluginContext<ClassroomTables>['jobs']
  log: PluginContext<never>['log']
  rules: JudgeRules
  /** Is told how many messages were taken. */
  note(messages: number): void
  announced: Pick<AnnouncedTopics, 'at' | 'countsOf' | 'refresh'>
}

/** A message, and what becomes of it; null: that is yet to be said. */
interface HeldMessage {
  message: ArrivedMessage
  judgement: Judgement | null
}

/** Messages of one transaction at most. */
const batchSize = 5000
/** After a batch of so many it is a flood: then the next is gathered for a moment, for a transaction costs the same however much it holds. */
const floodFrom = 500
const gatherTimes = 6
const gatherSeconds = 0.005
/** Messages held in memory at most: then the connections are not read until there is room. */
const holdAtMost = 40_000
const holdAgainBelow = 10_000
const retrySeconds = [0.2, 1, 2, 5]

/**
 * One transaction at a time, of all that came in meanwhile: a quiet hour commits each message at once, a flood commits thousands together.
 * While the database is away, messages wait here and at the broker, unacknowledged.
 */
export function createBatches({ db, jobs, log, rules, note, announced }: BatchParts): Batches {
  const waiting: HeldMessage[] = []
  const paused = new Set<ArrivedMessage['from']>()
  const devices = deviceList(db)
  const months = new Set<string>()
  const ending = new AbortController()
  let running: Promise<void> | null = null

  /** What was known when they came holds no more. */
  const judgeAnew = (held: readonly HeldMessage[]) => {
    for (const one of held) one.judgement = null
  }

  const commit = async (batch: readonly HeldMessage[]): Promise<JudgedMessage[]> => {
    const counter = countAnnounced(announced)
    const known: Known = {
      find: await devices.finder(batch.some(({ judgement }) => judgement === null)),
      announcedAt: announced.at,
      countAnnounced: counter.count,
    }
    const judged: JudgedMessage[] = batch.map(({ message, judgement: early }) => {
      const judgement = early ?? judgeArrived(message, known, rules)
      if (judgement.announces) counter.note(message.topic, judgement.announces)
      return { message, judgement }
    })
    for (const month of monthsOf(judged).difference(months)) {
      await ensureMonth(db, month)
      months.add(month)
    }
    await storeBatch(db, jobs, judged)
    // Acknowledged means listened to: what a device sends right after its announcement is not missed.
    if (judged.some(({ judgement }) => judgement.announces)) {
      await announced.refresh()
      judgeAnew(waiting)
    }
    return judged
  }

  /** Tries until it is done, or the end came first (null). */
  const untilDone = async (
    batch: readonly HeldMessage[],
    work: () => Promise<JudgedMessage[]>,
    onFault?: (error: Error) => Promise<JudgedMessage[] | null>,
  ): Promise<JudgedMessage[] | null> => {
    for (let attempt = 0; !ending.signal.aborted; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (onFault && isOfData(error)) return await onFault(error)
        // The server may have come back with other tables: look at everything anew.
        months.clear()
        devices.forget()
        judgeAnew([...batch, ...waiting])
        log.warn(`${batch.length} messages wait: ${error instanceof Error ? error.message : String(error)}`)
        await pause(retrySeconds[Math.min(attempt, retrySeconds.length - 1)]!, ending.signal)
      }
    }
    return null
  }

  const untilCommitted = async (batch: readonly HeldMessage[]): Promise<JudgedMessage[] | null> =>
    await untilDone(
      batch,
      async () => await commit(batch),
      async (error) => await commitApart(batch, error),
    )

  /** A message that the database cannot hold, though it was judged good, must not keep the others waiting: it is looked for, and quarantined. */
  const commitApart = async (
    batch: readonly HeldMessage[],
    error: Error,
  ): Promise<JudgedMessage[] | null> => {
    if (batch.length > 1) {
      const middle = batch.length >> 1
      const first = await untilCommitted(batch.slice(0, middle))
      const second = first && (await untilCommitted(batch.slice(middle)))
      return first && second && [...first, ...second]
    }
    const { message } = batch[0]!
    log.error(`a message to ${message.topic} cannot be stored: ${error.message}`)
    const judgement = refuse({
      reason: 'malformed',
      deviceName: null,
      why: refusedFault('not-storable', { said: error.message.slice(0, 500) }),
    })
    const judged = [{ message, judgement }]
    return await untilDone(batch, async () => {
      await storeBatch(db, jobs, judged)
      return judged
    })
  }

  /** Until nothing more comes (who sends may be waiting for the acknowledgement), a batch is full, or the moment is over. */
  const gather = async () => {
    for (let time = 0, before = -1; time < gatherTimes && waiting.length < batchSize; time++) {
      if (waiting.length === before) return
      before = waiting.length
      await pause(gatherSeconds, ending.signal)
    }
  }

  const run = async () => {
    // What else came in by the same packet of the network goes along.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0 && !ending.signal.aborted) {
      const batch = waiting.splice(0, batchSize)
      const judged = await untilCommitted(batch)
      if (!judged) return
      acknowledge(judged)
      note(batch.length)
      sendReceipts(judged)
      if (waiting.length < holdAgainBelow) {
        for (const from of paused) from.resume()
        paused.clear()
      }
      if (batch.length >= floodFrom) await gather()
    }
  }

  return {
    add(message) {
      if (ending.signal.aborted) return
      waiting.push({ message, judgement: judgeAtOnce(message, { devices, announced, rules }) })
      if (waiting.length > holdAtMost && !paused.has(message.from)) {
        paused.add(message.from)
        message.from.pause()
      }
      running ??= run().finally(() => {
        running = null
      })
    },
    async stop() {
      ending.abort()
      await running
    },
  }
}

function monthsOf(judged: readonly JudgedMessage[]): Set<string> {
  // Readings by the ten thousand, and nearly all of one hour: their hours are looked at, not each of them.
  const hours = new Set<number>()
  for (const { judgement } of judged)
    for (const { measuredAt } of judgement.readings) hours.add(Math.floor(measuredAt.getTime() / hourMs))
  return new Set([...hours].map((hour) => monthOf(new Date(hour * hourMs))))
}
const hourMs = 3_600_000

/** A fault of what was to be stored (SQLSTATE class 22), or of making it text, and not of the server. */
function isOfData(error: unknown): error is Error {
  if (error instanceof RangeError || error instanceof TypeError) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^22[0-9A-Z]{3}$/.test(code)
}
