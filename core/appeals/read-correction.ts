import type { Kysely } from 'kysely'
import type { RunCorrection } from '../contract/resources/appeals.ts'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { compareCorrection } from '../rating/results/comparison/compare-correction.ts'
import { findFinishedRun } from '../rating/results/find-run.ts'
import type { RatingSources } from '../rating/run-order.ts'

/** What a finished run changed that carries out upheld appeals; null: it carries out none. Throws `weighting-missing`. */
export async function readCorrection(
  db: Kysely<CoreTables>,
  sources: Pick<RatingSources, 'weighting'>,
  runId: number,
): Promise<RunCorrection | null> {
  const correction = await db
    .selectFrom('run_correction')
    .select(['id', 'base_run_id'])
    .where('run_id', '=', runId)
    .executeTakeFirst()
  if (!correction) return null
  const { document } = await findFinishedRun(db, runId)
  const weighting = sources.weighting(document.weighting.id)
  if (!weighting)
    throw new UstazError('weighting-missing', { status: 422, params: { weighting: document.weighting.id } })
  const appeals = await db
    .selectFrom('run_correction_appeal as x')
    .innerJoin('appeal as a', 'a.id', 'x.appeal_id')
    .select(['a.id', 'a.teacher_id as teacherId'])
    .where('x.run_correction_id', '=', correction.id)
    .orderBy('a.id')
    .execute()
  const appellants = [...new Set(appeals.map(({ teacherId }) => teacherId))]
  const baseRunId = correction.base_run_id
  return { baseRunId, appeals, ...(await compareCorrection(db, { runId, baseRunId }, appellants, weighting)) }
}
