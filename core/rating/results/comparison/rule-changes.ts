import type { Kysely } from 'kysely'
import type { RegulationDocument } from '../../../contract/regulation/document.ts'
import type { ClauseChange } from '../../../contract/resources/run-comparison.ts'
import type { CoreTables } from '../../../database/tables.ts'
import { documentAsOf } from '../../document/document-as-of.ts'
import type { FinishedRun } from '../find-run.ts'
import { clauseChanges } from './clause-changes.ts'
import type { RunPair } from './run-pair.ts'

/** The clauses in which the rules of two runs differ as they held for each: with the amendments of its period that it knew. */
export async function readRuleChanges(
  db: Kysely<CoreTables>,
  { before, after }: RunPair,
): Promise<ClauseChange[]> {
  return clauseChanges(await readRules(db, before), await readRules(db, after))
}

async function readRules(db: Kysely<CoreTables>, { id, document }: FinishedRun): Promise<RegulationDocument> {
  const run = await db
    .selectFrom('run')
    .select(['period_to as periodTo', 'known_at as knownAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return documentAsOf(document, run)
}
