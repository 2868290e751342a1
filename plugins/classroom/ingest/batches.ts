import type { PluginContext } from '@ustaz/core/plugin'
import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import { deviceList } from './device-list.ts'
import { judgeMessage, refuse } from './judge-message.ts'
import type { JudgeRules } from './judge-message.ts'
import type { ArrivedMessage } from './message.ts'
import { pause } from './pause.ts'
import { ensureMonth, monthOf } from './partitions.ts'
import { storeBatch } from './store-batch.ts'
import type { JudgedMessage } from './store-batch.ts'

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
}

/** Messages of one transaction at most. */
const batchSize = 5000
/** Messages held in memory at most: then the connections are not read until there is room. */
const holdAtMost = 40_000
const holdAgainBelow = 10_000
const retrySeconds = [0.2, 1, 2, 5]

/**
 * One transaction at a time, of all that came in meanwhile: a quiet hour commits each message at once, a flood commits thousands together.
 * While the database is away, messages wait here and at the broker, unacknowledged.
 */
export function createBatches({ db, jobs, log, rules }: BatchParts): Batches {
  const waiting: ArrivedMessage[] = []
  const paused = new Set<ArrivedMessage['from']>()
  const devices = deviceList(db)
  const months = new Set<string>()
  const ending = new AbortController()
  let running: Promise<void> | null = null

  const commit = async (batch: readonly ArrivedMessage[]) => {
    const find = await devices.finder()
    const judged: JudgedMessage[] = batch.map((message) => ({
      message,
      judgement: judgeMessage(message, find, rules),
    }))
    const needed = new Set(
      judged.flatMap(({ judgement }) => judgement.readings.map((one) => monthOf(one.measuredAt))),
    )
    for (const month of needed.difference(months)) {
      await ensureMonth(db, month)
      months.add(month)
    }
    await storeBatch(db, jobs, judged)
  }

  /** Tries until it is done, or the end came first (false). */
  const untilDone = async (
    count: number,
    work: () => Promise<unknown>,
    onFault?: (error: Error) => Promise<boolean>,
  ): Promise<boolean> => {
    for (let attempt = 0; !ending.signal.aborted; attempt++) {
      try {
        await work()
        return true
      } catch (error) {
        if (onFault && isOfData(error)) return await onFault(error)
        // The server may have come back with other tables: look at everything anew.
        months.clear()
        devices.forget()
        log.warn(`${count} messages wait: ${error instanceof Error ? error.message : String(error)}`)
        await pause(retrySeconds[Math.min(attempt, retrySeconds.length - 1)]!, ending.signal)
      }
    }
    return false
  }

  const untilCommitted = async (batch: readonly ArrivedMessage[]): Promise<boolean> =>
    await untilDone(
      batch.length,
      async () => await commit(batch),
      async (error) => await commitApart(batch, error),
    )

  /** A message that the database cannot hold, though it was judged good, must not keep the others waiting: it is looked for, and quarantined. */
  const commitApart = async (batch: readonly ArrivedMessage[], error: Error): Promise<boolean> => {
    if (batch.length > 1) {
      const middle = batch.length >> 1
      return (await untilCommitted(batch.slice(0, middle))) && (await untilCommitted(batch.slice(middle)))
    }
    const message = batch[0]!
    log.error(`a message to ${message.topic} cannot be stored: ${error.message}`)
    const judgement = refuse({ reason: 'malformed', deviceName: null, detail: error.message })
    return await untilDone(1, async () => await storeBatch(db, jobs, [{ message, judgement }]))
  }

  const run = async () => {
    // What else came in by the same packet of the network goes along.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0 && !ending.signal.aborted) {
      const batch = waiting.splice(0, batchSize)
      if (!(await untilCommitted(batch))) return
      acknowledge(batch)
      if (waiting.length < holdAgainBelow) {
        for (const from of paused) from.resume()
        paused.clear()
      }
    }
  }

  return {
    add(message) {
      if (ending.signal.aborted) return
      waiting.push(message)
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

/** A fault of what was to be stored (SQLSTATE class 22), or of making it text, and not of the server. */
function isOfData(error: unknown): error is Error {
  if (error instanceof RangeError || error instanceof TypeError) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^22[0-9A-Z]{3}$/.test(code)
}

function acknowledge(batch: readonly ArrivedMessage[]): void {
  for (const [from, messages] of Map.groupBy(batch, (message) => message.from)) {
    from.acknowledge(messages.flatMap(({ id }) => (id === null ? [] : [id])))
  }
}
