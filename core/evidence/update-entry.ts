import type { AppContext } from '../app-context.ts'
import type { EvidenceInput, Participant } from '../contract/resources/evidence.ts'
import type { EvidenceKind } from '../plugin/definition.ts'
import type { Actor } from '../plugin/route.ts'
import { changedFields } from './changed-fields.ts'
import type { Written } from './changed-fields.ts'
import { evidenceKind } from './evidence-kind.ts'
import { refuseSame } from './find-same.ts'
import { duplicateProblem, isDuplicateIdentity } from './known-evidence.ts'
import { checkRevision, openToChange } from './open-entry.ts'
import { prepareChecked, refuseFaults } from './prepare-input.ts'
import type { Prepared } from './prepare-input.ts'
import type { Entry } from './read-entry.ts'
import { recordChange } from './record-change.ts'
import { replaceEntry } from './write-entry.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now'>

/**
 * Writes a draft or returned entry anew. `revision` is the one that was read: another change in between is answered by
 * `evidence-revision` (409) with the current one. The same content again changes nothing, not even the revision.
 */
export async function updateEntry(
  context: Context,
  actor: Actor,
  id: number,
  input: EvidenceInput & { revision: number },
): Promise<void> {
  const kind = evidenceKind(context.host, input.indicator)
  const prepared = await prepareChecked(context.db, kind, input)
  try {
    await writeAnew(context, actor, { id, revision: input.revision, prepared, kind })
  } catch (error) {
    if (!isDuplicateIdentity(error) || prepared.identity === null) throw error
    throw (await duplicateProblem(context.db, prepared.indicator, prepared.identity)) ?? error
  }
}

async function writeAnew(
  { db, now }: Context,
  actor: Actor,
  {
    id,
    revision,
    prepared,
    kind,
  }: { id: number; revision: number; prepared: Prepared; kind: EvidenceKind<never> },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const entry = await openToChange(trx, actor, id)
    checkRevision(entry, revision)
    refuseOtherKind(entry, prepared)
    const difference = changedFields(writtenOf(entry), prepared)
    if (Object.keys({ ...difference.before, ...difference.after }).length === 0) return
    await refuseSame(trx, kind, prepared, id)
    const at = now()
    await replaceEntry(trx, id, prepared, at)
    const { state } = entry.evidence
    const change = { evidenceId: id, accountId: actor.accountId, at, from: state, to: state, ...difference }
    await recordChange(trx, { ...change, action: 'edit' })
  })
}

function refuseOtherKind({ evidence }: Entry, { indicator }: Prepared): void {
  if (indicator === evidence.indicator) return
  refuseFaults([{ path: '/indicator', code: 'indicator-fixed', params: { indicator: evidence.indicator } }])
}

/** An entry as a person would write it. */
export function writtenOf({ evidence, participants }: Entry): Written {
  return {
    data: evidence.data,
    happenedOn: evidence.happened_on,
    participants: participants.map(participantOf),
  }
}

export function participantOf(row: Entry['participants'][number]): Participant {
  const { teacher_id: teacherId, name, role, share, affiliated } = row
  return { teacherId, name, role, share, affiliated }
}
