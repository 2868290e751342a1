import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { fromKysely } from 'pg-boss'
import type { PgBoss } from 'pg-boss'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { runQueue } from '../rating/request-run.ts'

/**
 * Records the run that carries out all upheld appeals against a run, and enqueues it; answers its id. It has the version, the period and
 * the amendments of that run; its snapshot will be that run's, corrected. Throws `run-not-found`, `correction-nothing` (no appeal is
 * upheld), `correction-open` (one is not answered yet), `correction-there` (such a run is on its way, or there with the same appeals).
 */
export async function requestCorrection(
  db: Kysely<CoreTables>,
  jobs: PgBoss,
  { runId, accountId }: { runId: number; accountId: number },
): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const { rows: base } =
      await sql`select from core.run where id = ${runId} and state = 'done' for update`.execute(trx)
    if (base.length === 0) throw new UstazError('run-not-found', { status: 404 })
    const upheld = await findUpheld(trx, runId)
    await refuseAgain(trx, runId, upheld)
    const id = await insertRun(trx, { runId, accountId, upheld })
    await jobs.send(runQueue, { runId: id }, { db: fromKysely(trx) })
    return id
  })
}

async function findUpheld(trx: Transaction<CoreTables>, runId: number): Promise<number[]> {
  const appeals = await trx
    .selectFrom('appeal')
    .select(['id', 'state'])
    .where('run_id', '=', runId)
    .where('state', 'in', ['filed', 'in-review', 'upheld'])
    .orderBy('id')
    .execute()
  const upheld = appeals.filter(({ state }) => state === 'upheld').map(({ id }) => id)
  const count = appeals.length - upheld.length
  if (count > 0) throw new UstazError('correction-open', { status: 409, params: { count } })
  if (upheld.length === 0) throw new UstazError('correction-nothing', { status: 409 })
  return upheld
}

async function refuseAgain(
  trx: Transaction<CoreTables>,
  runId: number,
  upheld: readonly number[],
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select run.id from core.run_correction c join core.run on run.id = c.run_id
    where c.base_run_id = ${runId} and (run.state in ('queued', 'running') or run.state = 'done' and ${upheld.length} = (
      select count(*) from core.run_correction_appeal x where x.run_correction_id = c.id))
    order by run.id desc limit 1`.execute(trx)
  if (rows[0]) throw new UstazError('correction-there', { status: 409, params: { run: rows[0].id } })
}

async function insertRun(
  trx: Transaction<CoreTables>,
  { runId, accountId, upheld }: { runId: number; accountId: number; upheld: readonly number[] },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into core.run (purpose, regulation_version_id, period_from, period_to, known_at, requested_by)
    select purpose, regulation_version_id, period_from, period_to, known_at, ${accountId} from core.run where id = ${runId}
    returning id`.execute(trx)
  const { id } = rows[0]!
  const correction = await trx
    .insertInto('run_correction')
    .values({ run_id: id, base_run_id: runId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('run_correction_appeal')
    .values(upheld.map((appeal) => ({ run_correction_id: correction.id, appeal_id: appeal })))
    .execute()
  return id
}
