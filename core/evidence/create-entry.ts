import type { AppContext } from '../app-context.ts'
import type { EvidenceInput } from '../contract/resources/evidence.ts'
import type { Actor } from '../plugin/route.ts'
import { evidenceKind } from './evidence-kind.ts'
import { refuseSame } from './find-same.ts'
import { duplicateProblem } from './known-evidence.ts'
import { prepareChecked } from './prepare-input.ts'
import { insertEntry } from './write-entry.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now'>

/**
 * Enters a draft and answers its id. Throws `evidence-invalid` with the faults, `evidence-duplicate` (409) with the entry that
 * is the same thing; of two that are entered at the same moment one is told so.
 */
export async function createEntry(context: Context, actor: Actor, input: EvidenceInput): Promise<number> {
  const kind = evidenceKind(context.host, input.indicator)
  const prepared = await prepareChecked(context.db, kind, input)
  const writer = { accountId: actor.accountId, at: context.now() }
  for (;;) {
    const id = await context.db.transaction().execute(async (trx) => {
      await refuseSame(trx, kind, prepared, null)
      return await insertEntry(trx, prepared, writer)
    })
    if (id !== null) return id
    const problem = await duplicateProblem(context.db, prepared.indicator, prepared.identity ?? '')
    // The other one was rejected between the two statements: then this one may be entered after all.
    if (problem) throw problem
  }
}
