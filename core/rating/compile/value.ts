import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** A piece of SQL over one row of snapshot_fact, called f. */
export type Fragment = RawBuilder<unknown>

const columns: Record<string, Fragment> = {
  quantity: sql`f.quantity`,
  participants: sql`f.participants::numeric`,
  share: sql`f.share`,
  role: sql`f.role`,
}

/**
 * The value as an exact number; null where it is unknown or not a number. The type is looked at before the cast, so
 * that one odd row blocks its teacher instead of failing the run.
 */
export function numberOf(name: string): Fragment {
  const column = columns[name]
  if (column && name !== 'role') return column
  const attribute = sql`f.attributes -> ${sql.lit(name)}`
  return sql`case when jsonb_typeof(${attribute}) = 'number' then (${attribute})::numeric end`
}

/** The value as text ("true" and "false" for yes and no, numbers without trailing zeros); null where it is unknown. */
export function textOf(name: string): Fragment {
  if (name === 'role') return sql`f.role`
  const column = columns[name]
  return column ? sql`trim_scale(${column})::text` : sql`f.attributes ->> ${sql.lit(name)}`
}

/** An exact number of the regulation document as a constant. */
export function decimal(value: string): Fragment {
  return sql`${sql.lit(value)}::numeric`
}
