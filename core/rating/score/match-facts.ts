import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { compileMatches } from '../compile/matches.ts'
import type { RatingPlan } from '../compile/plan.ts'

/**
 * Fills two temporary tables that live as long as the transaction: `rating_criterion` (no, id, area_no, area) and `rating_match`
 * (teacher_id, fact_no, no, a column for each step of the plan): every fact with every criterion that counts it.
 */
export async function matchFacts(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  const areaNumbers = new Map(plan.document.areas.map(({ id }, index) => [id, index + 1]))
  const rows = plan.criteria.map(
    ({ no, criterion: { id, area } }) =>
      sql`(${no}::smallint, ${id}, ${areaNumbers.get(area)!}::smallint, ${area})`,
  )
  await sql`create temporary table rating_criterion (no, id, area_no, area) on commit drop
    as values ${sql.join(rows)}`.execute(trx)
  await sql`create temporary table rating_match on commit drop as ${compileMatches(plan)}`.execute(trx)
  await sql`analyze rating_criterion`.execute(trx)
  await sql`analyze rating_match`.execute(trx)
}
