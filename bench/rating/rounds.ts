import type { Kysely, Transaction } from 'kysely'
import type { Pool } from 'pg'
import type { CoreTables } from '../../core/database/tables.ts'
import type { BenchCase } from './bench-case.ts'
import { checkSame } from './check-same.ts'
import { emptyHandTables, emptyTables } from './empty-tables.ts'
import { keptTables, madeTables } from './hand/tables.ts'
import type { HandTables } from './hand/tables.ts'
import { rateByEngine } from './rate-by-engine.ts'
import type { EngineRun } from './rate-by-engine.ts'

export interface Measured {
  regulation: string
  teachers: number
  facts: number
  lines: number
  /** Engine / hand-written SQL that inserts the same result into tables that are there, by the clock. */
  ratio: number
  /** Engine / the same SQL in the fastest way found: into tables made of its queries and keyed afterwards. */
  ratio_fastest: number
  /** Both by the server's processor time. */
  ratio_processor: number
  ratio_fastest_processor: number
  /** Part of the engine's time spent on hashing what is frozen, and on checking and hashing what was written. */
  hash_part: number
  seconds: number
  hand_seconds: number
  fastest_seconds: number
  processor_seconds: number
  /** Engine / hand-written SQL that computes only totals and places; null where nobody wrote it. */
  ratio_totals_only: number | null
  /** Largest resident size of this process over the rounds. */
  node_rss_mb: number
}

export interface Place {
  db: Kysely<CoreTables>
  pool: Pool
  teachers: number
  /** Processor time of the server so far. */
  serverSeconds(): number
}

interface Round {
  hand: Times
  fastest: Times
  totals: Times | null
  engine: Times
  run: EngineRun
}
interface Times {
  clock: number
  processor: number
}

/** Hand, fastest, totals, engine, hand, fastest, ...; the first round warms up and compares the results, and is not counted. */
export async function measureRounds(
  place: Place,
  bench: BenchCase,
  rounds: number,
): Promise<{ measured: Measured; statements: string }> {
  const measured: Round[] = []
  let rss = 0
  for (let round = 0; round <= rounds; round++) {
    await emptyTables(place.db)
    const one = await measureRound(place, bench)
    rss = Math.max(rss, process.memoryUsage.rss())
    if (round === 0) await checkSame(place.db, one.run)
    else measured.push(one)
  }
  const summary = { regulation: bench.id, teachers: place.teachers, ...summarise(measured) }
  return {
    measured: { ...summary, node_rss_mb: Math.round(rss / 1e6) },
    statements: listStatements(measured.at(-1)!.run),
  }
}

async function measureRound(place: Place, bench: BenchCase): Promise<Round> {
  const { db, pool } = place
  const inTurn = async (work: (trx: Transaction<CoreTables>) => Promise<void>) =>
    (await timesOf(place, async () => await db.transaction().execute(work))).times
  const byHand = async (tables: HandTables) => {
    await emptyHandTables(db)
    await tables.prepare(db)
    return await inTurn(async (trx) => await bench.rateByHand(trx, tables))
  }
  const hand = await byHand(keptTables)
  const fastest = await byHand(madeTables)
  const totals = bench.totalsByHand ? await inTurn(bench.totalsByHand) : null
  const { times, answer } = await timesOf(place, async () => await rateByEngine(pool, bench))
  return { hand, fastest, totals, engine: times, run: answer }
}

/** What took a hundredth of the time or more. */
function listStatements({ statements }: EngineRun): string {
  const whole = statements.reduce((sum, { seconds }) => sum + seconds, 0)
  return statements
    .filter(({ seconds }) => seconds > whole / 100)
    .map(({ sql, seconds }) => `${seconds.toFixed(3)} s  ${sql.replaceAll(/\s+/g, ' ').slice(0, 100)}`)
    .join('\n')
}

async function timesOf<T>(place: Place, work: () => Promise<T>): Promise<{ times: Times; answer: T }> {
  const [processor, clock] = [place.serverSeconds(), performance.now()]
  const answer = await work()
  const times = { clock: (performance.now() - clock) / 1000, processor: place.serverSeconds() - processor }
  return { times, answer }
}

/** Medians over the rounds; a ratio is the median of the rounds' own ratios. */
function summarise(rounds: readonly Round[]) {
  const middle = (value: (round: Round) => number) => round3(median(rounds.map(value)))
  const { facts, lines } = rounds[0]!.run.outcome
  return {
    facts,
    lines,
    ratio: middle(({ engine, hand }) => engine.clock / hand.clock),
    ratio_fastest: middle(({ engine, fastest }) => engine.clock / fastest.clock),
    ratio_processor: middle(({ engine, hand }) => engine.processor / hand.processor),
    ratio_fastest_processor: middle(({ engine, fastest }) => engine.processor / fastest.processor),
    hash_part: middle(({ engine, run }) => run.hashSeconds / engine.clock),
    seconds: middle(({ engine }) => engine.clock),
    hand_seconds: middle(({ hand }) => hand.clock),
    fastest_seconds: middle(({ fastest }) => fastest.clock),
    processor_seconds: middle(({ engine }) => engine.processor),
    ratio_totals_only: rounds[0]!.totals
      ? middle(({ engine, totals }) => engine.clock / totals!.clock)
      : null,
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

const round3 = (value: number) => Math.round(value * 1000) / 1000
