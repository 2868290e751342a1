import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { compileMatches, numberCriteria } from '../compile/matches.ts'

/**
 * Fills two temporary tables that live as long as the transaction: `rating_criterion` (no, id, area_no, area) and
 * `rating_match` (teacher_id, fact_no, no, points, shared, awarded): every fact with every criterion that counts it.
 */
export async function matchFacts(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  snapshotId: number,
): Promise<void> {
  const areaNumbers = new Map(document.areas.map(({ id }, index) => [id, index + 1]))
  const rows = numberCriteria(document).map(
    ({ no, criterion }) =>
      sql`(${no}::smallint, ${criterion.id}, ${areaNumbers.get(criterion.area)!}::smallint, ${criterion.area},
        ${criterion.cap}::numeric)`,
  )
  await sql`create temporary table rating_criterion (no, id, area_no, area, cap) on commit drop
    as values ${sql.join(rows)}`.execute(trx)
  await sql`create temporary table rating_match on commit drop as
    ${compileMatches(document, { snapshotId, teacherId: null })}`.execute(trx)
  await sql`analyze rating_criterion`.execute(trx)
  await sql`analyze rating_match`.execute(trx)
}
