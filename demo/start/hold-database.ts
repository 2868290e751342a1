import pg from 'pg'

/** Key of the advisory lock of whoever runs a demonstration on a database. */
const demoLock = 7_382_100

export interface HeldDatabase {
  client: pg.Client
  /** Lets another demonstration have the database. */
  stop(): Promise<void>
}

/** Makes this process the only demonstration on the database, for as long as it lives; null: another one has it. */
export async function holdDatabase(url: string): Promise<HeldDatabase | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'ustaz demo' })
  // The embedded server may stop before this connection is closed: then the lock is gone, and so is the need for it.
  client.on('error', () => undefined)
  await client.connect()
  const stop = async () => {
    await client.end()
  }
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
    demoLock,
  ])
  if (rows[0]?.held) return { client, stop }
  await stop()
  return null
}
