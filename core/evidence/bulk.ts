import type { Pool, PoolClient } from 'pg'
import { leaderStage } from '../approval/stages-of.ts'
import type { EvidenceState, Participant } from '../contract/resources/evidence.ts'
import { copyLines } from './copy-lines.ts'
import type { Line } from './copy-lines.ts'
import { countsOf } from './write-entry.ts'

/** An entry as it is loaded: `data` already in the form the kind's schema puts out. */
export interface EvidenceRow {
  /** plugin.kind */
  indicator: string
  data: Record<string, unknown>
  title: string
  happenedOn: string | null
  identity: string | null
  /** At least one. */
  participants: readonly Participant[]
  state: EvidenceState
  createdBy: number
  /** When it was entered, submitted and decided upon. */
  at: Date
  /** Who approved, returned or rejected it; default: `createdBy`. */
  decidedBy?: number
  /** Of the decision; default: none. */
  reason?: string
}

const batchSize = 5000

/** The changes by which an entry came to its state, with the state each led to. */
const historyTo = {
  draft: [['create', 'draft']],
  submitted: [
    ['create', 'draft'],
    ['submit', 'submitted'],
  ],
  returned: [
    ['create', 'draft'],
    ['submit', 'submitted'],
    ['return', 'returned'],
  ],
  approved: [
    ['create', 'draft'],
    ['submit', 'submitted'],
    ['approve', 'approved'],
  ],
  rejected: [
    ['create', 'draft'],
    ['submit', 'submitted'],
    ['reject', 'rejected'],
  ],
} as const satisfies Record<EvidenceState, readonly (readonly [string, EvidenceState])[]>

/**
 * Loads evidence by COPY, with participants and history, all or nothing: for demonstrations, benchmarks and the transfer from
 * another system. Nothing is checked but what the tables check: that data, roles and shares are what the kinds say, and that
 * `identity` and `title` are what the kinds answer, is the caller's duty. Given a pool it opens its own transaction; a client
 * must be inside one. Answers how many entries were loaded; throws the database's error (a duplicate identity, an unknown teacher).
 */
export async function loadEvidence(
  target: Pool | PoolClient,
  rows: Iterable<EvidenceRow> | AsyncIterable<EvidenceRow>,
): Promise<number> {
  if (!('totalCount' in target)) return await loadBatches(target, rows)
  const client = await target.connect()
  try {
    await client.query('begin')
    const count = await loadBatches(client, rows)
    await client.query('commit')
    client.release()
    return count
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function loadBatches(client: PoolClient, rows: Iterable<EvidenceRow> | AsyncIterable<EvidenceRow>) {
  let count = 0
  let batch: EvidenceRow[] = []
  for await (const row of rows) {
    if (batch.push(row) < batchSize) continue
    count += await loadBatch(client, batch)
    batch = []
  }
  return count + (await loadBatch(client, batch))
}

async function loadBatch(client: PoolClient, batch: readonly EvidenceRow[]): Promise<number> {
  if (batch.length === 0) return 0
  const ids = await takeIds(client, batch.length)
  const numbered = batch.map((row, i): Numbered => ({ id: ids[i] ?? '', row }))
  await copyLines(client, `evidence (${evidenceColumns})`, numbered.map(evidenceLine))
  await copyLines(client, `evidence_participant (${participantColumns})`, numbered.flatMap(participantLines))
  await copyLines(client, `evidence_change (${changeColumns})`, numbered.flatMap(changeLines))
  await openLoaded(client, ids)
  await checkShares(client)
  return batch.length
}

/** At once, not when the transaction ends: what waits for that keeps the table from getting indexes, and takes memory for each row. */
async function checkShares(client: PoolClient): Promise<void> {
  await client.query('set constraints core.shares_at_most_one immediate')
  await client.query('set constraints core.shares_at_most_one deferred')
}

interface Numbered {
  id: string
  row: EvidenceRow
}

async function takeIds(client: PoolClient, count: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select nextval(pg_get_serial_sequence('core.evidence', 'id'))::text as id from generate_series(1, $1)`,
    [count],
  )
  return rows.map(({ id }) => id)
}

const evidenceColumns =
  'id, indicator, data, title, happened_on, identity, state, participant_count, affiliated_count, role_counts, revision, created_by, created_at, updated_at'
function evidenceLine({ id, row }: Numbered): Line {
  const { indicator, title, happenedOn, identity, state, participants, createdBy } = row
  const at = row.at.toISOString()
  const described = [indicator, JSON.stringify(row.data), title, happenedOn, identity]
  const counts = countsOf(participants)
  return [
    id,
    ...described,
    state,
    counts.participant_count,
    counts.affiliated_count,
    counts.role_counts,
    historyTo[state].length,
    createdBy,
    at,
    at,
  ]
}

const participantColumns = 'evidence_id, ordinal, teacher_id, name, role, share, affiliated'
function participantLines({ id, row }: Numbered): Line[] {
  return row.participants.map(({ teacherId, name, role, share, affiliated }, i) => {
    return [id, i + 1, teacherId, name, role, share, affiliated]
  })
}

/** What is loaded as submitted waits in one step: for who heads a department of those who take part, else for the office. */
async function openLoaded(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query(
    `insert into core.evidence_turn (evidence_id, round, stage, holder, unit_id, may, since)
    select distinct e.id, e.revision, $2, case when a.unit_id is null then 'office' else 'leader' end, a.unit_id, $3::text[], e.updated_at
    from core.evidence e
    left join lateral (
      select a.unit_id from core.evidence_participant p
      join core.appointment a on a.teacher_id = p.teacher_id
        and current_date between a.starts_on and coalesce(a.ends_on, 'infinity'::date)
      where p.evidence_id = e.id
    ) a on true
    where e.state = 'submitted' and e.id = any($1::bigint[])`,
    [ids, leaderStage.id, leaderStage.may],
  )
}

const changeColumns = 'evidence_id, changed_at, account_id, action, from_state, to_state, reason'
function changeLines({ id, row }: Numbered): Line[] {
  const changes = historyTo[row.state]
  const at = row.at.toISOString()
  return changes.map(([action, state], i) => {
    const isDecision = i === 2
    const account = isDecision ? (row.decidedBy ?? row.createdBy) : row.createdBy
    const from = changes[i - 1]?.[1] ?? null
    return [id, at, account, action, from, state, isDecision ? (row.reason ?? null) : null]
  })
}
