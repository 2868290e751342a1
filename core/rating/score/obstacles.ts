import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'

/** Why a function outside the database has no number for a teacher; `area` null: no area in particular. */
export interface Obstacle {
  teacherId: number
  area: string | null
  code: string
}

/** Fills `rating_obstacle` (teacher_id, code, clause), whose rows block. */
export async function writeObstacles(
  trx: Transaction<CoreTables>,
  obstacles: readonly Obstacle[],
): Promise<void> {
  await sql`create temporary table rating_obstacle (teacher_id, code, clause) on commit drop as
    select * from unnest(${obstacles.map(({ teacherId }) => teacherId)}::bigint[], ${obstacles.map(({ code }) => code)}::text[],
      ${obstacles.map(({ area }) => area)}::text[]) o`.execute(trx)
}

/** A float as an exact decimal of 12 places. */
export const toDecimal = (value: number): string => value.toFixed(12).replace(/\.?0+$/, '')
