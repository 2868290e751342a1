import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { CoreTables } from './tables.ts'

export interface Database {
  db: Kysely<CoreTables>
  pool: pg.Pool
  close(): Promise<void>
}

const textOids = new Set<number>([pg.types.builtins.DATE, pg.types.builtins.NUMERIC])

/** numeric and date stay text, so that no digit and no day is lost; bigint becomes a number (ids stay below 2^53). */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (textOids.has(oid)) return (value: string) => value
    if (oid === pg.types.builtins.INT8) return toSafeNumber
    return pg.types.getTypeParser(oid, format as 'text')
  }) as typeof pg.types.getTypeParser,
}

function toSafeNumber(value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is too large for an exact number`)
  return number
}

/** Opens a pool whose search path is the given schema, then public. */
export function openDatabase(
  url: string,
  options: { schema?: string; maxConnections?: number } = {},
): Database {
  const { schema = 'core', maxConnections = 10 } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    types,
    application_name: 'ustaz',
    connectionTimeoutMillis: 10_000,
    options: `-c search_path=${schema},public -c timezone=UTC -c datestyle=ISO`,
  })
  // A connection that breaks while idle is replaced by the pool; the next query tells if the server is gone.
  pool.on('error', () => undefined)
  const db = new Kysely<CoreTables>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await db.destroy()
    // Kysely ends only a pool it has used.
    if (!pool.ended) await pool.end()
  }
  return { db, pool, close }
}
