import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import { pause } from './pause.ts'

interface Session {
  close(): Promise<void>
}
interface SlotParts {
  db: Kysely<ClassroomTables>
  log: { warn(message: string): void }
  /** Opens the session of a number. */
  open(number: number): Session
}

/** How often sessions are looked for whose process is gone. */
const lookSeconds = 5

/**
 * A session at the broker outlives its process, and with it the messages it was given and had not acknowledged. Each session has a number,
 * held by an advisory lock that ends with the process's connection to the database. A process takes all sessions that nobody holds, and
 * makes one where it has none; so what one process leaves behind, another goes on with. While the database is away nobody holds anything,
 * and nothing is acknowledged either.
 */
export function holdSlots({ db, log, open }: SlotParts): { stop(): Promise<void> } {
  const held = new Map<number, Session>()
  const ending = new AbortController()
  const isEnding = () => ending.signal.aborted

  const hold = async (connection: Kysely<ClassroomTables>) => {
    for (const [number, session] of held) {
      if (await tryLock(connection, number)) continue
      held.delete(number)
      await session.close()
    }
    while (!isEnding()) {
      const known = await connection.selectFrom('ingest_slot').select('number').orderBy('number').execute()
      for (const { number } of known) {
        if (!held.has(number) && (await tryLock(connection, number))) held.set(number, open(number))
      }
      if (held.size > 0) await pause(lookSeconds, ending.signal)
      else await makeSlot(connection, Math.max(0, ...known.map(({ number }) => number)) + 1)
    }
    await sql`select pg_advisory_unlock_all()`.execute(connection)
  }

  const holding = (async () => {
    while (!isEnding()) {
      try {
        await db.connection().execute(hold)
      } catch (error) {
        log.warn(`sessions are not looked after: ${error instanceof Error ? error.message : String(error)}`)
        await pause(1, ending.signal)
      }
    }
  })()
  return {
    async stop() {
      ending.abort()
      // Sessions first: whoever takes the lock next must not find them in use.
      for (const session of held.values()) await session.close()
      await holding
    },
  }
}

async function tryLock(connection: Kysely<ClassroomTables>, number: number): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_lock(hashtext('ustaz ingest slot'), ${number}::integer) as locked`.execute(
    connection,
  )
  return rows[0]?.locked === true
}

async function makeSlot(connection: Kysely<ClassroomTables>, number: number): Promise<void> {
  await connection
    .insertInto('ingest_slot')
    .values({ number, taken_at: sql<Date>`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
