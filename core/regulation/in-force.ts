import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Period } from '../plugin/period.ts'
import { storedDocument } from '../rating/document/stored-document.ts'

export interface InForce {
  id: number
  code: string
  version: string
  document: RegulationDocument
  /** The period that is asked about, or the one of the day by this regulation. */
  period: Period
}

/**
 * The approved version of each regulation by which a period is rated: of those that hold from its first day on the one that holds from
 * latest, of several the one approved last. `period` null: the year of each regulation that contains `day`.
 */
export async function regulationsInForce(
  db: Kysely<CoreTables>,
  { day, period }: { day: string; period: Period | null },
): Promise<InForce[]> {
  const rows = await db
    .selectFrom('regulation_version as v')
    .innerJoin('regulation as r', 'r.id', 'v.regulation_id')
    .select(['v.id', 'r.code', 'v.version', 'v.document'])
    .where('v.state', '=', 'approved')
    .orderBy('r.code')
    .orderBy(sql`v.document ->> 'validFrom' desc nulls last`)
    .orderBy('v.approved_at', 'desc')
    .orderBy('v.id', 'desc')
    .execute()
  const inForce = new Map<string, InForce>()
  for (const { id, code, version, document: stored } of rows) {
    const document = storedDocument(stored)
    const rated = period ?? yearOf(document.periodStart, day)
    const holds = document.validFrom === null || document.validFrom <= rated.from
    if (holds && !inForce.has(code)) inForce.set(code, { id, code, version, document, period: rated })
  }
  return [...inForce.values()]
}

/** The year that begins on `periodStart` (MM-DD) and contains the day; both ends inclusive. */
export function yearOf(periodStart: string, day: string): Period {
  const year = Number(day.slice(0, 4)) - (day.slice(5) >= periodStart ? 0 : 1)
  return { from: `${year}-${periodStart}`, to: dayBefore(`${year + 1}-${periodStart}`) }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
