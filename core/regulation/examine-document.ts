import type { Kysely } from 'kysely'
import type { Finding } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import { runExamples } from '../rating/examples/run-examples.ts'
import type { RatingSources } from '../rating/run-order.ts'
import type { Supply } from './check/supply.ts'
import { findIssues } from './find-issues.ts'

/**
 * All that is found in a document, its worked examples rated by the engine among it. While it has other errors the examples are
 * not rated: what a broken rule gives says nothing.
 */
export async function examineDocument(
  db: Kysely<CoreTables>,
  document: RegulationDocument,
  { supply, sources }: { supply: Supply; sources: RatingSources },
): Promise<Finding[]> {
  const issues = findIssues(document, supply)
  if (issues.some(({ severity }) => severity === 'error')) return issues
  return [...(await runExamples(db, document, sources)), ...issues]
}
