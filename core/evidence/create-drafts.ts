import type { Transaction } from 'kysely'
import { scopeOf } from '../access/scope.ts'
import type { AppContext } from '../app-context.ts'
import type { EvidenceInput } from '../contract/resources/evidence.ts'
import type { CoreTables } from '../database/tables.ts'
import type { DraftOutcome } from '../plugin/access.ts'
import type { Actor } from '../plugin/route.ts'
import { evidenceKind } from './evidence-kind.ts'
import { findByIdentity } from './known-evidence.ts'
import { knownTeachers, prepareInput, refuseFaults, unknownTeachers } from './prepare-input.ts'
import type { Prepared } from './prepare-input.ts'
import { insertEntry } from './write-entry.ts'
import type { Writer } from './write-entry.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now'>

/**
 * Enters drafts, all or none: duplicates are outcomes, in the order of the inputs; any fault of any input (`/3/data/doi`) throws
 * `evidence-invalid` and nothing is written. Throws `not-allowed` where the actor may not enter evidence.
 */
export async function createDrafts(
  context: Context,
  actor: Actor,
  inputs: readonly EvidenceInput[],
): Promise<DraftOutcome[]> {
  await scopeOf(context.db, actor, 'evidence.write')
  const prepared = await prepareAll(context, inputs)
  const writer = { accountId: actor.accountId, at: context.now() }
  return await context.db.transaction().execute(async (trx) => {
    const outcomes: DraftOutcome[] = []
    for (const place of inOrderOfIdentity(prepared)) {
      const entry = prepared[place]
      if (entry) outcomes[place] = await enter(trx, entry, writer)
    }
    return outcomes
  })
}

async function prepareAll({ db, host }: Context, inputs: readonly EvidenceInput[]): Promise<Prepared[]> {
  const checked = inputs.map((input) => prepareInput(evidenceKind(host, input.indicator), input))
  const known = await knownTeachers(
    db,
    inputs.flatMap(({ participants }) => participants),
  )
  const faults = checked.flatMap(({ prepared, faults: own }, i) =>
    [...own, ...unknownTeachers(prepared.participants, known)].map((fault) => ({
      ...fault,
      path: `/${i}${fault.path}`,
    })),
  )
  refuseFaults(faults)
  return checked.map(({ prepared }) => prepared)
}

/** Two imports that hold the same works wait for each other in the same order, so neither can lock the other out. */
function inOrderOfIdentity(prepared: readonly Prepared[]): number[] {
  const key = (place: number) => `${prepared[place]?.indicator} ${prepared[place]?.identity ?? ''}`
  return [...prepared.keys()].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b))
}

async function enter(trx: Transaction<CoreTables>, entry: Prepared, writer: Writer): Promise<DraftOutcome> {
  for (;;) {
    const id = await insertEntry(trx, entry, writer)
    if (id !== null) return { outcome: 'created', id }
    const [existing] = await findByIdentity(trx, entry.indicator, [entry.identity ?? ''])
    if (existing) return { outcome: 'duplicate', existing }
  }
}
