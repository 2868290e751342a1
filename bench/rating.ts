/**
 * npm run bench:rating -- [--regulation kazutb,rich,shapes] [--teachers 1000,10000] [--rounds 5] [--statements]
 *
 * Time of snapshot + run + full trace beside hand-written SQL for the same result, on the same rows, in turn; README.md says
 * how it is measured. `--statements` lists what the engine's statements took in the last round.
 */
import { parseArgs } from 'node:util'
import type { Database } from '../core/database/connection.ts'
import { withBenchServer } from './bench-server.ts'
import type { BenchServer } from './bench-server.ts'
import type { BenchCase } from './rating/bench-case.ts'
import { kazutbCase } from './rating/kazutb/kazutb.ts'
import { enterPeople } from './rating/people.ts'
import { loadBenchPlugins } from './rating/plugins.ts'
import { richCase } from './rating/rich/rich.ts'
import { measureRounds } from './rating/rounds.ts'
import type { Measured } from './rating/rounds.ts'
import { shapesCase } from './rating/shapes/shapes.ts'

const { values } = parseArgs({
  options: {
    regulation: { type: 'string', default: 'kazutb,rich' },
    teachers: { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '5' },
    statements: { type: 'boolean', default: false },
  },
})
const plugins = await loadBenchPlugins()
const cases = [await kazutbCase(plugins), await richCase(plugins), shapesCase()]
const asked = values.regulation.split(',').map(caseOf)
await withBenchServer(async (server) => {
  console.log(
    'method: fsync on, hand-written SQL and engine in turn, results removed between, medians over rounds',
  )
  const rows: Measured[] = []
  for (const bench of asked) {
    for (const teachers of values.teachers.split(',').map(Number)) {
      rows.push(await measure(server, bench, teachers))
    }
  }
  console.log(JSON.stringify({ bench: 'rating', rows }))
})

function caseOf(id: string): BenchCase {
  const found = cases.find((one) => one.id === id)
  if (!found) throw new Error(`there is no regulation ${id}: ${cases.map((one) => one.id).join(', ')}`)
  return found
}

async function measure(server: BenchServer, bench: BenchCase, teachers: number): Promise<Measured> {
  const name = `${bench.id}_${teachers}`
  return await server.inDatabase(name, plugins.migrations, async (database) => {
    const start = performance.now()
    await enterPeople(database.db, teachers)
    await bench.enterEvidence(database.db, teachers)
    const seconds = Math.round((performance.now() - start) / 1000)
    console.log(`${bench.id}, ${teachers} teachers: entered in ${seconds} s, ${await sizeOf(database)}`)
    const place = { ...database, teachers, serverSeconds: server.seconds }
    const { measured, statements } = await measureRounds(place, bench, Number(values.rounds))
    if (values.statements) console.log(statements)
    console.log(
      `${bench.id}, ${teachers} teachers: ${JSON.stringify(measured)}, with results ${await sizeOf(database)}`,
    )
    return measured
  })
}

async function sizeOf({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ size: string }>(
    'select pg_size_pretty(pg_database_size(current_database())) as size',
  )
  return rows[0]!.size
}
