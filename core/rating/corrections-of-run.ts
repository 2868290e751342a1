import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { Correction } from './snapshot/correction.ts'

/** What a run corrects: the snapshot of its base, and by what; null: it corrects none. */
export async function readCorrectionsOfRun(
  db: Kysely<CoreTables>,
  runId: number,
): Promise<{ snapshotId: number; corrections: Correction[] } | null> {
  const { rows: bases } = await sql<{ id: number; snapshotId: number }>`
    select c.id, base.snapshot_id as "snapshotId" from core.run_correction c
    join core.run base on base.id = c.base_run_id where c.run_id = ${runId}`.execute(db)
  const [base] = bases
  if (!base) return null
  const { rows: corrections } = await sql<Correction>`
    select distinct on (a.teacher_id, k.kind, k.evidence_id, k.fact_no, k.fact) a.teacher_id as "teacherId", k.kind,
      k.evidence_id as "evidenceId", k.fact_no as "factNo", k.fact
    from core.run_correction_appeal x
    join core.appeal a on a.id = x.appeal_id
    join core.appeal_correction k on k.appeal_id = a.id
    where x.run_correction_id = ${base.id}
    order by a.teacher_id, k.kind, k.evidence_id, k.fact_no, k.fact, k.id`.execute(db)
  return { snapshotId: base.snapshotId, corrections }
}
