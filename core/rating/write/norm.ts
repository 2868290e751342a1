import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { decimal } from '../compile/value.ts'
import type { Query, Source } from './source.ts'

/** Lines of kind `norm`, one a norm and teacher. */
export function normLines({ document, snapshotId }: Source): Query[] {
  return document.norms.map(
    (norm) => sql`
      select t.teacher_id, 32767, null, null, 7, 'norm', null, ${norm.id}, -(${byPosition(norm.byPosition)})
      from core.snapshot_teacher t
      where t.snapshot_id = ${snapshotId} and ${byPosition(norm.byPosition)} is not null`,
  )
}

/** Sum of the norms of a frozen teacher, called t; null: one is missing. */
export function normOf(document: RegulationDocument): Query {
  if (document.norms.length === 0) return sql`0`
  return sql`(${sql.join(
    document.norms.map((norm) => byPosition(norm.byPosition)),
    sql` + `,
  )})`
}

function byPosition(values: Record<string, string>): Query {
  const branches = Object.entries(values).map(
    ([position, points]) => sql`when ${sql.lit(position)} then ${decimal(points)}`,
  )
  return sql`case t.position ${sql.join(branches, sql` `)} end`
}
