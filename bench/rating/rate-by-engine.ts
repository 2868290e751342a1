import { Kysely, PostgresDialect } from 'kysely'
import type { LogEvent } from 'kysely'
import type { Pool } from 'pg'
import type { CoreTables } from '../../core/database/tables.ts'
import { executeRun } from '../../core/rating/execute-run.ts'
import type { RunOutcome } from '../../core/rating/execute-run.ts'
import type { BenchCase } from './bench-case.ts'
import { period } from './people.ts'

export interface EngineRun {
  runId: number
  outcome: RunOutcome
  /** Time of the statements that compute digests. */
  hashSeconds: number
  statements: { sql: string; seconds: number }[]
}

/** A snapshot and a run with its full trace, as the worker of runs computes them. */
export async function rateByEngine(pool: Pool, bench: BenchCase): Promise<EngineRun> {
  const statements: EngineRun['statements'] = []
  const log = ({ query, queryDurationMillis }: LogEvent) => {
    statements.push({ sql: query.sql, seconds: queryDurationMillis / 1000 })
  }
  const db = new Kysely<CoreTables>({ dialect: new PostgresDialect({ pool }), log })
  const runId = await recordRun(db, bench)
  const outcome = await executeRun(db, {
    runId,
    document: bench.document,
    regulationHash: 'bench',
    period,
    snapshotId: null,
    knownAt: null,
    findFunction: () => null,
    sources: bench.sources(db),
    weighting: bench.weighting,
    onStage: async () => undefined,
  })
  const hashing = statements.filter(({ sql }) => sql.includes('sha256('))
  return { runId, outcome, statements, hashSeconds: hashing.reduce((sum, { seconds }) => sum + seconds, 0) }
}

async function recordRun(db: Kysely<CoreTables>, { document }: BenchCase): Promise<number> {
  const { id: regulation } = await db
    .insertInto('regulation')
    .values({ code: document.code })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ code: document.code }))
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: version } = await db
    .insertInto('regulation_version')
    .values({
      regulation_id: regulation,
      version: document.version,
      document: JSON.stringify(document),
      hash: 'bench',
      created_by: 1,
    })
    .onConflict((conflict) => conflict.columns(['regulation_id', 'version']).doUpdateSet({ hash: 'bench' }))
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
