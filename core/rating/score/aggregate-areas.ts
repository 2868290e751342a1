import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { ScoreMatrix } from '../../plugin/weighting.ts'
import { aggregate } from '../composite/aggregate.ts'
import { toDecimal } from './obstacles.ts'
import type { Obstacle } from './obstacles.ts'
import type { TeacherMatrix } from './read-matrix.ts'

/**
 * Puts the areas together otherwise than by a sum and fills `rating_aggregate` (teacher_id, total, to 12 decimals). `weights`: one a column,
 * or one a row and column. Answers why teachers have no total.
 */
export async function aggregateAreas(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  { teacherIds, leagues }: TeacherMatrix,
  { values, weights }: { values: ScoreMatrix; weights: Float64Array },
): Promise<Obstacle[]> {
  const areas = document.areas.map(({ id }) => id)
  const { totals, blocked } = aggregate({
    matrix: values,
    weights,
    groups: leagues,
    spec: document.aggregation,
    areas,
  })
  const rows = teacherIds.flatMap((teacherId, row) =>
    Number.isNaN(totals[row]) ? [] : [{ teacherId, total: toDecimal(totals[row]!) }],
  )
  await sql`create temporary table rating_aggregate on commit drop as
    select * from unnest(${rows.map(({ teacherId }) => teacherId)}::bigint[], ${rows.map(({ total }) => total)}::numeric[])
      a (teacher_id, total)`.execute(trx)
  return blocked.map(({ row, column, code }) => ({
    teacherId: teacherIds[row]!,
    area: column === null ? null : areas[column]!,
    code,
  }))
}
