import { takeSnapshot } from '../rating/snapshot/take-snapshot.ts'
import type { Period } from '../plugin/period.ts'
import type { TestApp } from './create-test-app.ts'

export interface FrozenFact {
  teacherId: number
  indicator: string
  happenedOn: string
  quantity: string
  role: string | null
  participants: number
  attributes: Record<string, unknown>
  evidenceId: number | null
}

/** The facts that a run of this period would rate, as a snapshot freezes them, in order of teacher and number. */
export async function freezeFacts({ context }: TestApp, period: Period): Promise<FrozenFact[]> {
  const sources = context.host.factSources()
  return await context.db.transaction().execute(async (trx) => {
    const { id } = await takeSnapshot(trx, period, sources)
    return await trx
      .selectFrom('snapshot_fact')
      .select(['teacher_id as teacherId', 'indicator', 'happened_on as happenedOn', 'quantity', 'role'])
      .select(['participants', 'attributes', 'evidence_id as evidenceId'])
      .where('snapshot_id', '=', id)
      .orderBy('teacher_id')
      .orderBy('fact_no')
      .execute()
  })
}
