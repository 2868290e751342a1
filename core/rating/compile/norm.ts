import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { decimal, quotient } from './value.ts'
import type { Fragment } from './value.ts'

export type Norm = RegulationDocument['norms'][number]

/** The norm of a frozen teacher, called t; null: there is none for the position, or the position is unknown. */
export function compileNorm({ byPosition, points }: Norm): Fragment {
  const rows = Object.entries(byPosition).map(
    ([position, norm]) => sql`when t.position = ${sql.lit(position)} then ${decimal(norm)}`,
  )
  if (rows.length === 0) return points === null ? sql`null::numeric` : decimal(points)
  return sql`case ${sql.join(rows, sql` `)} when t.position is not null then ${points === null ? sql`null` : decimal(points)} end`
}

/** What a norm changes in the total so far; null: the norm is missing, or 0 where it divides. */
export function compileNormChange({ mode }: Norm, total: Fragment, norm: Fragment): Fragment {
  return mode === 'subtract' ? sql`-${norm}` : sql`${quotient(sql`100 * ${total}`, norm)} - ${total}`
}
