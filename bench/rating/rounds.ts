import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { CoreTables } from '../../core/database/tables.ts'
import { defineWeighting } from '../../core/plugin/index.ts'
import { executeRun } from '../../core/rating/execute-run.ts'
import type { RunOutcome } from '../../core/rating/execute-run.ts'
import { emptyHandTables, rateByHand, totalsByHand } from './hand-written.ts'
import { benchRegulation, kinds } from './regulation.ts'
import { period } from './university.ts'

export interface Measured {
  teachers: number
  facts: number
  lines: number
  seconds: number
  /** Engine / hand-written SQL that freezes the same facts and writes the same lines, scores and ranks. */
  ratio: number
  /** Engine / hand-written SQL that computes only the totals. */
  ratio_totals_only: number
  hand_seconds: number
  totals_seconds: number
  /** Largest resident size of this process over the rounds. */
  node_rss_mb: number
}

const weighting = defineWeighting({
  id: 'points',
  params: z.object({}),
  needs: 'nothing',
  weigh: ({ areas }) => ({ weights: Object.fromEntries(areas.map((area) => [area, '1'])), how: {} }),
})

export async function measureRounds(
  db: Kysely<CoreTables>,
  teachers: number,
  rounds: number,
): Promise<Measured> {
  const runId = await createRun(db)
  const times = { hand: [] as number[], totals: [] as number[], engine: [] as number[] }
  let outcome: RunOutcome | null = null
  let rss = 0
  for (let round = 0; round <= rounds; round++) {
    const hand = await secondsOf(async () => {
      await rateByHand(db)
    })
    const totals = await secondsOf(async () => {
      await totalsByHand(db)
    })
    const engine = await secondsOf(async () => {
      outcome = await rateByEngine(db, runId)
    })
    rss = Math.max(rss, process.memoryUsage.rss())
    if (round === 0) {
      await checkSame(db, runId)
    } else {
      times.hand.push(hand)
      times.totals.push(totals)
      times.engine.push(engine)
    }
    await emptyTables(db, runId)
  }
  const { facts, lines } = outcome!
  return {
    teachers,
    facts,
    lines,
    seconds: round2(median(times.engine)),
    ratio: round2(median(times.engine.map((time, index) => time / times.hand[index]!))),
    ratio_totals_only: round2(median(times.engine.map((time, index) => time / times.totals[index]!))),
    hand_seconds: round2(median(times.hand)),
    totals_seconds: round2(median(times.totals)),
    node_rss_mb: Math.round(rss / 1e6),
  }
}

async function rateByEngine(db: Kysely<CoreTables>, runId: number): Promise<RunOutcome> {
  return await executeRun(db, {
    runId,
    document: benchRegulation(),
    regulationHash: 'bench',
    period,
    snapshotId: null,
    sources: kinds.map((kind) => ({ source: 'evidence', indicator: `bench.${kind}`, enrich: null })),
    weighting,
    onStage: async () => undefined,
  })
}

export async function createRun(db: Kysely<CoreTables>): Promise<number> {
  const { id: regulation } = await db
    .insertInto('regulation')
    .values({ code: 'bench' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: version } = await db
    .insertInto('regulation_version')
    .values({
      regulation_id: regulation,
      version: '1',
      document: JSON.stringify(benchRegulation()),
      hash: 'bench',
      created_by: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('run')
    .values({
      purpose: 'trial',
      regulation_version_id: version,
      period_from: period.from,
      period_to: period.to,
      requested_by: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The two must agree to the last digit, or the comparison means nothing. */
async function checkSame(db: Kysely<CoreTables>, runId: number): Promise<void> {
  const { rows } = await sql<{ differing: number; lines: number; hand_lines: number }>`
    select (select count(*) from core.run_teacher r full join hand.run_teacher h on h.teacher_id = r.teacher_id
        where r.run_id = ${runId} and (r.total, r.status, r.league, r.place) is distinct from (h.total, h.status, h.league, h.place)
      )::int as differing,
      (select count(*) from core.run_line where run_id = ${runId})::int as lines,
      (select count(*) from hand.run_line)::int as hand_lines`.execute(db)
  const { differing, lines, hand_lines } = rows[0]!
  if (differing > 0 || lines !== hand_lines) {
    throw new Error(
      `engine and hand-written SQL differ: ${differing} teachers, ${lines} and ${hand_lines} lines`,
    )
  }
}

/** Results are frozen by triggers; only a superuser's replication role may empty them, as here for the next round. */
export async function emptyTables(db: Kysely<CoreTables>, runId: number): Promise<void> {
  await emptyHandTables(db)
  await db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection)
    await sql`truncate core.snapshot_unit, core.snapshot_teacher, core.snapshot_post, core.snapshot_leader, core.run_teacher,
      core.run_area, core.run_unit`.execute(connection)
    const { rows } = await sql<{ name: string }>`
      select relid::regclass::text as name from (select * from pg_partition_tree('core.snapshot_fact')
        union all select * from pg_partition_tree('core.run_line')) p where isleaf`.execute(connection)
    for (const { name } of rows) await sql`drop table ${sql.raw(name)}`.execute(connection)
    await sql`update core.run set state = 'queued', hash = null, snapshot_id = null where id = ${runId}`.execute(
      connection,
    )
    await sql`set session_replication_role = origin`.execute(connection)
    await sql`checkpoint`.execute(connection)
  })
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

const round2 = (value: number) => Math.round(value * 100) / 100
