import { Kysely } from 'kysely'
import pg from 'pg'
import { AttributedDialect } from './attribution.ts'
import { createTypeParsers } from './parse-types.ts'
import type { CoreTables } from './tables.ts'

export interface Database {
  db: Kysely<CoreTables>
  pool: pg.Pool
  /** Waits for the queries under way. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** First in the search path, before public. Default: core. */
  schema?: string
  /** Default: 10. */
  maxConnections?: number
  /** Shown in pg_stat_activity. Default: ustaz. */
  applicationName?: string
  /** A statement that takes longer is cancelled; default: none is, for ratings and imports take their time. */
  statementTimeoutSeconds?: number
}

const connectSeconds = 10
/** A transaction that does nothing for so long has lost its owner, and holds locks. */
const idleInTransactionSeconds = 600

/** Opens a pool; the first query connects. numeric and date are read as text, bigint as number, timestamptz as Date. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    types: createTypeParsers(),
    application_name: options.applicationName ?? 'ustaz',
    connectionTimeoutMillis: connectSeconds * 1000,
    keepAlive: true,
    options: sessionSettings(options),
  })
  // The pool replaces a connection that breaks while idle; the next query fails if the server is really gone.
  pool.on('error', (error) => {
    if (!pool.ending) process.emitWarning(`a database connection was lost: ${error.message}`)
  })
  // One that breaks while it is lent and idle (a lock that is held) says so to nobody else: its next query fails.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  const db = new Kysely<CoreTables>({ dialect: new AttributedDialect({ pool }) })
  // Kysely ends the pool only if it has used it.
  const close = async () => {
    await db.destroy()
    if (!pool.ending) await pool.end()
  }
  return { db, pool, close }
}

function sessionSettings({ schema = 'core', statementTimeoutSeconds = 0 }: DatabaseOptions): string {
  const settings = {
    search_path: `${schema},public`,
    timezone: 'UTC',
    datestyle: 'ISO',
    statement_timeout: `${statementTimeoutSeconds}s`,
    idle_in_transaction_session_timeout: `${idleInTransactionSeconds}s`,
  }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}
