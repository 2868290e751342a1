import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../core/database/tables.ts'
import type { EngineRun } from './rate-by-engine.ts'

/** Facts, lines, areas and teachers must be the same to the last digit, or the comparison means nothing. Throws if they differ. */
export async function checkSame(db: Kysely<CoreTables>, { runId, outcome }: EngineRun): Promise<void> {
  const { rows: units } =
    await sql`select from pg_tables where schemaname = 'hand' and tablename = 'run_unit'`.execute(db)
  const compared = {
    snapshot_fact: [
      'teacher_id',
      'fact_no',
      'evidence_id',
      'happened_on',
      'participants',
      'role',
      'attributes',
      'ordinal',
      'affiliated',
    ],
    run_area: ['teacher_id', 'area', 'points', 'weight', 'score', 'normalised'],
    run_line: ['teacher_id', 'line_no', 'kind', 'area', 'clause', 'fact_no', 'amount'],
    run_teacher: ['teacher_id', 'league', 'status', 'total', 'total_rounded', 'place', 'band', 'money'],
    ...(units.length > 0 ? { run_unit: ['unit_id', 'scored', 'fte', 'total', 'place'] } : {}),
  }
  for (const [table, names] of Object.entries(compared)) {
    const columns = sql.join(names.map((name) => sql.ref(name)))
    const owner = table.startsWith('run') ? sql`run_id = ${runId}` : sql`snapshot_id = ${outcome.snapshotId}`
    const engine = sql`select ${columns} from ${sql.table(`core.${table}`)} where ${owner}`
    const hand = sql`select ${columns} from ${sql.table(`hand.${table}`)}`
    const { rows } = await sql<{ example: unknown }>`
      select to_jsonb(d) as example from ((${engine} except all ${hand}) union all (${hand} except all ${engine})) d limit 4`.execute(
      db,
    )
    if (rows.length > 0) {
      throw new Error(`${table} of engine and hand-written SQL differ, for example ${JSON.stringify(rows)}`)
    }
  }
}
