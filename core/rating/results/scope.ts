import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** Whose results may be read, as core/access decides it. */
export interface ResultScope {
  all: boolean
  unitIds: readonly number[]
  teacherId: number | null
}

/** A test on frozen teachers (snapshot_teacher called t). */
export function withinScope(scope: ResultScope): RawBuilder<boolean> {
  if (scope.all) return sql<boolean>`true`
  return sql<boolean>`(t.unit_id = any(${[...scope.unitIds]}::bigint[]) or t.teacher_id = ${scope.teacherId}::bigint)`
}

/** A test that the frozen teacher's unit is the given one or lies below it. */
export function belowUnit(snapshotId: number, unitId: number): RawBuilder<boolean> {
  return sql<boolean>`t.unit_id in (
    with recursive below as (
      select unit_id from core.snapshot_unit where snapshot_id = ${snapshotId} and unit_id = ${unitId}
      union all
      select u.unit_id from core.snapshot_unit u join below b on u.parent_id = b.unit_id
      where u.snapshot_id = ${snapshotId}
    ) select unit_id from below)`
}
