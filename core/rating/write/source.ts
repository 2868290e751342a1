import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { decimal } from '../compile/value.ts'

export type Query = RawBuilder<unknown>

/** What results are written from, beside the temporary tables. */
export interface Source {
  runId: number
  snapshotId: number
  document: RegulationDocument
  plan: RatingPlan
  /** Area id -> exact decimal. */
  weights: Record<string, string>
}

/** The weights as a table w (area, weight). */
export function weightTable({ weights }: Source): Query {
  const rows = Object.entries(weights).map(([area, weight]) => sql`(${area}, ${decimal(weight)})`)
  return sql`(values ${sql.join(rows)}) w (area, weight)`
}
