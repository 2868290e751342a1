import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { findGoverning, readGoverning } from '../approval/governing.ts'
import type { Governing } from '../approval/governing.ts'
import { readTurns } from '../approval/read-turns.ts'
import type { ReadTurn } from '../approval/read-turns.ts'
import { leaderStage, stagesOf } from '../approval/stages-of.ts'
import { windowsOf } from '../approval/windows.ts'
import type { Stage } from '../contract/regulation/approval.ts'
import type { EvidenceDetail, EvidenceStage } from '../contract/resources/evidence.ts'
import type { LocalizedText } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'
import { teacherIdsOf } from './read-entry.ts'
import type { Entry } from './read-entry.ts'

/** How an entry is approved: the regulation, its stages with whose turn each is and was, its windows. */
export async function approvalOf(
  db: Kysely<CoreTables>,
  entry: Entry,
  now: Date,
): Promise<EvidenceDetail['approval']> {
  const { id, indicator, happened_on: day } = entry.evidence
  const governing = await governingNow(db, entry)
  const stages = stagesOf(governing?.approval ?? null, indicator)
  const turns = await readTurns(db, entry.evidence.id)
  const skipped = turns.length === 0 ? new Set<string>() : await skippedOf(db, id)
  const windows =
    governing && day !== null ? windowsOf(governing, day) : { opens: null, closes: null, decidesUntil: null }
  return {
    regulation: governing?.approval ? await nameOf(db, governing.versionId) : null,
    stages: stages.map((stage) => stageOf(stage, { turns, skipped })),
    ...windows,
    locked: windows.decidesUntil !== null && windows.decidesUntil < now.toISOString().slice(0, 10),
  }
}

/** That of the last submission; before the first, or once it is open to change again, the one it would be submitted under. */
async function governingNow(db: Kysely<CoreTables>, entry: Entry): Promise<Governing | null> {
  const { state, indicator, happened_on: day, approval_version_id: versionId } = entry.evidence
  if (state !== 'draft' && state !== 'returned') return await readGoverning(db, versionId)
  if (day === null) return null
  return await findGoverning(db, { indicator, day, teacherId: teacherIdsOf(entry)[0] ?? null })
}

async function nameOf(db: Kysely<CoreTables>, versionId: number) {
  const { title, version } = await db
    .selectFrom('regulation_version')
    .select(['version', sql<LocalizedText>`document -> 'title'`.as('title')])
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return { versionId, title, version }
}

/** Stages that were skipped since the last submission. */
async function skippedOf(db: Kysely<CoreTables>, evidenceId: number): Promise<Set<string>> {
  const rows = await db
    .selectFrom('evidence_change')
    .select('stage')
    .where('evidence_id', '=', evidenceId)
    .where('action', '=', 'skip')
    .where('id', '>', (eb) =>
      eb
        .selectFrom('evidence_change')
        .select(({ fn }) => fn.max('id').as('id'))
        .where('evidence_id', '=', evidenceId)
        .where('action', 'in', ['submit', 'join']),
    )
    .execute()
  return new Set(rows.flatMap(({ stage }) => stage ?? []))
}

function stageOf(
  stage: Stage,
  { turns, skipped }: { turns: readonly ReadTurn[]; skipped: ReadonlySet<string> },
): EvidenceStage {
  const own = turns.filter((turn) => turn.stage === stage.id)
  return {
    id: stage.id,
    title: stage === leaderStage ? null : stage.title,
    who: stage.who,
    state: stateOf(own, skipped.has(stage.id)),
    turns: own.map(({ stage: _, ...turn }) => turn),
  }
}

function stateOf(turns: readonly ReadTurn[], isSkipped: boolean): EvidenceStage['state'] {
  if (turns.some(({ closedAt }) => closedAt === null)) return 'current'
  if (turns.some(({ outcome }) => outcome === 'return' || outcome === 'reject')) return 'ended'
  if (turns.some(({ outcome }) => outcome === 'pass')) return 'passed'
  return isSkipped ? 'skipped' : 'ahead'
}
