import type { Kysely, Transaction } from 'kysely'
import type { RegulationDocument } from '../../core/contract/index.ts'
import type { CoreTables } from '../../core/database/tables.ts'
import type { FactSource } from '../../core/rating/snapshot/fact-source.ts'
import type { Weighting } from '../../core/plugin/weighting.ts'
import type { HandTables } from './hand/tables.ts'

/** A regulation to rate by, with a university that it fits and the same rating written by hand. */
export interface BenchCase {
  id: string
  document: RegulationDocument
  sources(db: Kysely<CoreTables>): readonly FactSource[]
  weighting: Weighting
  /** Approved evidence of the people that are there already: about 100 facts a teacher in the period, half as many outside it. */
  enterEvidence(db: Kysely<CoreTables>, teachers: number): Promise<void>
  /**
   * What somebody who knows these rules would write in SQL for the same result: freezes the same people and facts, writes the
   * same lines, areas, totals and places to tables of the same columns and keys in the schema `hand`. No checks, no hash.
   */
  rateByHand(trx: Transaction<CoreTables>, tables: HandTables): Promise<void>
  /** The least a rating can do: totals and places straight from the evidence; only where somebody wrote it. */
  totalsByHand?(trx: Transaction<CoreTables>): Promise<void>
}
