import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { Fault } from '../contract/problem.ts'
import type { EvidenceDetail } from '../contract/resources/evidence.ts'
import type { LocalizedText } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { approvalOf } from './approval-of.ts'
import { findMissing } from './find-missing.ts'
import { expertPoints } from './judge-entry.ts'
import { stepsFrom } from './moves.ts'
import { openEntry } from './open-entry.ts'
import type { Entry } from './read-entry.ts'
import { readShares } from './share-confirmation.ts'
import { participantOf } from './update-entry.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now'>
/** An entry as it is answered, the missing things not yet in words; who judges it, regulations say. */
export type Detail = Omit<EvidenceDetail, 'missing' | 'judgedBy'> & { missing: Fault[] }

/** One entry with all there is to it and the steps the actor may take. Throws `evidence-not-found`. */
export async function evidenceDetail({ db, host, now }: Context, actor: Actor, id: number): Promise<Detail> {
  const { entry, rights } = await openEntry(db, actor, id)
  const { evidence, participants, files } = entry
  const { indicator, data, title, state, identity, revision } = evidence
  return {
    ...{ id, indicator, data, title, happenedOn: evidence.happened_on, state, identity, revision },
    mergedInto: evidence.merged_into,
    participants: participants.map(participantOf),
    shares: await readShares(db, id),
    files: files.map(fileItemOf),
    missing: findMissing(host.evidenceKind(indicator), entry),
    actions: stepsFrom(state, rights.steps),
    approval: await approvalOf(db, entry, now()),
    expertPoints: evidence.expert_points,
    history: await historyOf(db, id),
  }
}

function fileItemOf(file: Entry['files'][number]): EvidenceDetail['files'][number] {
  const { id, name, media_type: mediaType, bytes, sha256, uploaded_at, scanned_at } = file
  const scannedAt = scanned_at?.toISOString() ?? null
  return { id, name, mediaType, bytes, sha256, uploadedAt: uploaded_at.toISOString(), scannedAt }
}

/** From the first entry on; what exactly was changed stays in the table. */
async function historyOf(db: Kysely<CoreTables>, id: number): Promise<EvidenceDetail['history']> {
  const rows = await db
    .selectFrom('evidence_change')
    .innerJoin('account', 'account.id', 'evidence_change.account_id')
    .leftJoin('account as absent', 'absent.id', 'evidence_change.for_account_id')
    .innerJoin('evidence', 'evidence.id', 'evidence_change.evidence_id')
    .select(['changed_at', 'account.name', 'action', 'from_state', 'to_state', 'reason'])
    .select(['absent.name as instead_of', 'late'])
    .select(
      sql<LocalizedText | null>`(select s.value -> 'title' from core.regulation_version v
        cross join lateral jsonb_array_elements(v.document -> 'approval' -> 'stages') s
        where v.id = evidence.approval_version_id and s.value ->> 'id' = evidence_change.stage)`.as('stage'),
    )
    .select([
      sql<boolean>`coalesce(after ? ${expertPoints}, false)`.as('judged'),
      sql<string | null>`before ->> ${expertPoints}`.as('was'),
      sql<string | null>`after ->> ${expertPoints}`.as('is'),
    ])
    .where('evidence_id', '=', id)
    .orderBy('evidence_change.id')
    .execute()
  return rows.map((row) => {
    const { changed_at, name, action, from_state, to_state, reason, judged, was, is } = row
    return {
      at: changed_at.toISOString(),
      account: name,
      action,
      fromState: from_state,
      toState: to_state,
      reason,
      insteadOf: row.instead_of,
      stage: row.stage,
      late: row.late,
      points: judged ? { before: was, after: is } : null,
    }
  })
}
