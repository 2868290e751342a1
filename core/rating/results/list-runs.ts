import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { Page } from '../../contract/paging.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Run } from '../../contract/resources/runs.ts'
import type { CoreTables } from '../../database/tables.ts'
import { isSeenByOthers, stateOf } from './seen-runs.ts'

/** A run without the words of its failure, which depend on the reader's language. */
export type StoredRun = Omit<Run, 'failure'> & {
  failure: { code: string; params: Record<string, unknown> } | null
}

export interface RunFilter {
  page: number
  pageSize: number
  state?: Run['state'] | undefined
  purpose?: Run['purpose'] | undefined
  /** true: also runs that only those see who may read every result. */
  unseen: boolean
}

export async function listRuns(db: Kysely<CoreTables>, filter: RunFilter): Promise<Page<StoredRun>> {
  const matching = selectRuns(db)
    .$if(filter.state !== undefined, (query) => query.where('run.state', '=', filter.state!))
    .$if(filter.purpose !== undefined, (query) => query.where('run.purpose', '=', filter.purpose!))
    .$if(!filter.unseen, (query) => query.where(isSeenByOthers(sql`run.id`)))
  const { total } = await matching
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching
    .orderBy('run.requested_at', 'desc')
    .orderBy('run.id', 'desc')
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
    .execute()
  const items = await Promise.all(rows.map(async (row) => await toRun(db, row)))
  return { items, total, page: filter.page, pageSize: filter.pageSize }
}

/** Throws `run-not-found`. */
export async function getRun(db: Kysely<CoreTables>, id: number): Promise<StoredRun> {
  const row = await selectRuns(db).where('run.id', '=', id).executeTakeFirst()
  if (!row) throw new UstazError('run-not-found', { status: 404 })
  return await toRun(db, row)
}

/** A run with the regulation it follows and the weights it used (null: not computed yet). Throws `run-not-found`. */
export async function getRunWithRegulation(
  db: Kysely<CoreTables>,
  id: number,
): Promise<{ run: StoredRun; document: RegulationDocument; weights: Record<string, string> | null }> {
  const run = await getRun(db, id)
  const { document, weights } = await db
    .selectFrom('run')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .select(['v.document', 'run.weights'])
    .where('run.id', '=', id)
    .executeTakeFirstOrThrow()
  return { run, document, weights: weights?.weights ?? null }
}

function selectRuns(db: Kysely<CoreTables>) {
  return db
    .selectFrom('run')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .innerJoin('regulation as r', 'r.id', 'v.regulation_id')
    .innerJoin('account as a', 'a.id', 'run.requested_by')
    .leftJoin('run_progress as p', 'p.run_id', 'run.id')
    .leftJoin('snapshot as s', 's.id', 'run.snapshot_id')
    .select(['run.id', 'run.purpose', 'run.regulation_version_id', 'run.snapshot_id', 'run.period_from'])
    .select([
      'run.period_to',
      'run.known_at',
      'run.state',
      'run.requested_at',
      'run.finished_at',
      'run.failure',
      'run.hash',
    ])
    .select(['r.code', 'v.version', 'a.name as requested_by', 'p.stage', 'p.fraction', 's.facts'])
    .select(sql<Run['regulation']['title']>`v.document -> 'title'`.as('title'))
    .select(stateOf(sql`run.id`).as('publication'))
}

type RunRow = Awaited<ReturnType<ReturnType<typeof selectRuns>['executeTakeFirstOrThrow']>>

async function toRun(db: Kysely<CoreTables>, row: RunRow): Promise<StoredRun> {
  const isUnderWay = row.state === 'queued' || row.state === 'running'
  return {
    id: row.id,
    purpose: row.purpose,
    regulationVersionId: row.regulation_version_id,
    regulation: { code: row.code, version: row.version, title: row.title },
    snapshotId: row.snapshot_id,
    periodFrom: row.period_from,
    periodTo: row.period_to,
    knownAt: row.known_at,
    state: row.state,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    progress: isUnderWay && row.stage !== null ? { stage: row.stage, fraction: row.fraction! } : null,
    failure: row.failure,
    hash: row.hash,
    publication: row.publication as Run['publication'],
    counts: row.state === 'done' ? await countRun(db, row.id, row.facts ?? 0) : null,
  }
}

async function countRun(
  db: Kysely<CoreTables>,
  runId: number,
  facts: number,
): Promise<NonNullable<Run['counts']>> {
  const { rows } = await sql<Record<'teachers' | 'ranked' | 'excluded' | 'blocked' | 'lines', number>>`
    select count(*)::int as teachers,
      count(*) filter (where status = 'ranked')::int as ranked,
      count(*) filter (where status = 'excluded')::int as excluded,
      count(*) filter (where status = 'blocked')::int as blocked,
      (select count(*) from core.run_line where run_id = ${runId})::int as lines
    from core.run_teacher where run_id = ${runId}`.execute(db)
  return { ...rows[0]!, facts }
}
