import pg from 'pg'
import { UstazError } from '../../core/contract/problem.ts'

/** Key of the advisory lock of whoever runs a demonstration on a database. */
const demoLock = 7_382_100

export interface HeldDatabase {
  client: pg.Client
  /** Lets another demonstration have the database. */
  stop(): Promise<void>
}

/** Makes this process the only demonstration on the database, for as long as it lives. Throws `demo.running`. */
export async function holdDatabase(url: string, whereElse: () => Promise<string>): Promise<HeldDatabase> {
  const client = new pg.Client({ connectionString: url, application_name: 'ustaz demo' })
  // The embedded server may stop before this connection is closed: then the lock is gone, and so is the need for it.
  client.on('error', () => undefined)
  await client.connect()
  const stop = async () => await client.end()
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
    demoLock,
  ])
  if (rows[0]?.held) return { client, stop }
  await stop()
  throw runningElsewhere(await whereElse())
}

export function runningElsewhere(where: string, cause?: unknown): UstazError {
  return new UstazError('demo.running', { params: { where }, cause })
}
