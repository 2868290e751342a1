import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { sealEntries } from './seal-entries.ts'

interface Sealing {
  db: Kysely<CoreTables>
  log: { error(message: string): void }
}

/** Seals the audit log again and again until it is stopped; any number of processes may. */
export function startSealing({ db, log }: Sealing, everySeconds = 2): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const loop = async () => {
    while (!signal.aborted) {
      await sealEntries(db).catch((error: unknown) => {
        log.error(
          `audit log: entries were not sealed: ${error instanceof Error ? error.message : String(error)}`,
        )
      })
      await sleep(everySeconds * 1000, null, { signal }).catch(() => null)
    }
  }
  const done = loop()
  return {
    async stop() {
      stopping.abort()
      await done
    },
  }
}
