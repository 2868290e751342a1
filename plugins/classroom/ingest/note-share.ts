import { hostname } from 'node:os'
import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'

interface ShareParts {
  db: Kysely<ClassroomTables>
  log: { info(message: string): void; warn(message: string): void }
}

/** How often what this process took is written, and how often it is said in the log. */
const writeMs = 10_000
const sayEvery = 6

/** Counts the messages that this process has taken, stored or not, so that it can be seen how several processes share them. */
export function noteShare({ db, log }: ShareParts): { note(messages: number): void; stop(): Promise<void> } {
  const startedAt = new Date()
  const name = `${hostname()} ${process.pid}`
  let [taken, written, said, rounds] = [0, 0, 0, 0]
  let isWriting: Promise<void> = Promise.resolve()

  const write = async () => {
    if (taken === written) return
    const now = taken
    const row = { name, started_at: startedAt, last_at: new Date(), messages: now }
    await db
      .insertInto('ingest_process')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['name', 'started_at']).doUpdateSet({ last_at: row.last_at, messages: now }),
      )
      .execute()
    written = now
  }
  const round = async () => {
    try {
      await write()
    } catch (error) {
      log.warn(`the share is not noted: ${error instanceof Error ? error.message : String(error)}`)
    }
    if (++rounds % sayEvery !== 0 || taken === said) return
    log.info(`${taken - said} messages taken in the last minute, ${taken} since the start`)
    said = taken
  }
  const timer = setInterval(() => {
    isWriting = isWriting.then(round)
  }, writeMs)
  timer.unref()
  return {
    note(messages) {
      taken += messages
    },
    async stop() {
      clearInterval(timer)
      await isWriting
      await round()
    },
  }
}
