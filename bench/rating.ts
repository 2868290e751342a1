/**
 * npm run bench:rating -- [--teachers 1000,10000] [--rounds 5]
 *
 * Time and memory of snapshot + run + full trace beside hand-written SQL for the same result, on the same rows, in turn:
 * hand, totals, engine, hand, totals, engine, ... Every round meets emptied result tables. The figures are
 * medians over the rounds; a ratio is the median of the rounds' own ratios.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../core/database/connection.ts'
import type { Database } from '../core/database/connection.ts'
import { startEmbeddedPostgres } from '../core/database/embedded-postgres.ts'
import { migrate } from '../core/database/migrate.ts'
import { createHandTables } from './rating/hand-written.ts'
import { measureRounds } from './rating/rounds.ts'
import type { Measured } from './rating/rounds.ts'
import { fillUniversity } from './rating/university.ts'

const { values } = parseArgs({
  options: {
    teachers: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '5' },
  },
})
const folder = await mkdtemp(join(tmpdir(), 'ustaz-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), durable: true })
try {
  await describe(server.url)
  const runs: Measured[] = []
  for (const teachers of values.teachers.split(',').map(Number)) {
    runs.push(await measure(server.url, teachers, Number(values.rounds)))
  }
  console.log(JSON.stringify({ bench: 'rating', runs }))
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

async function measure(url: string, teachers: number, rounds: number): Promise<Measured> {
  const database = await createDatabase(url, `bench_${teachers}`)
  try {
    console.log(`${teachers} teachers: filling`)
    await migrate(database.pool, [{ owner: 'core', folder: new URL('../migrations/', import.meta.url) }])
    await fillUniversity(database.db, teachers)
    await createHandTables(database.db)
    const measured = await measureRounds(database.db, teachers, rounds)
    console.log(`${teachers} teachers: ${JSON.stringify(measured)}`)
    return measured
  } finally {
    await database.close()
  }
}

async function createDatabase(url: string, name: string): Promise<Database> {
  const admin = openDatabase(url)
  await admin.pool.query(`create database ${name}`)
  await admin.close()
  const own = new URL(url)
  own.pathname = `/${name}`
  return openDatabase(own.href)
}

async function describe(url: string): Promise<void> {
  const { pool, close } = openDatabase(url)
  const { rows } = await pool.query<{ version: string }>('select version()')
  await close()
  console.log(
    `machine: ${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}; Node ${process.version}; ${rows[0]!.version}`,
  )
  console.log(
    'method: fsync on, medians over rounds of hand-written SQL, totals only and engine in turn, tables emptied between',
  )
}
