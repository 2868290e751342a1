import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { AreaNormalisation } from '../../contract/regulation/composite.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { ScoreMatrix } from '../../plugin/weighting.ts'
import { isPlain, normalise, rulesByArea } from '../composite/normalise.ts'
import { toDecimal } from './obstacles.ts'
import type { Obstacle } from './obstacles.ts'
import type { TeacherMatrix } from './read-matrix.ts'

/** Whether any area is brought onto a scale; a document that brings none keeps its points in exact numbers. */
export function isNormalised(document: RegulationDocument): boolean {
  return scalesOf(document).some((scale) => !isPlain(scale))
}

/**
 * Brings the areas onto their scales and fills `rating_value` (teacher_id, area_no, area, points, value): value is what is weighed, to 12
 * decimals, the points themselves in an area without a scale; null: there is none on the scale, `obstacles` says why.
 */
export async function normaliseAreas(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  { teacherIds, leagues, points }: TeacherMatrix,
): Promise<{ values: ScoreMatrix; obstacles: Obstacle[] }> {
  const rules = scalesOf(document)
  const { matrix, lost } = normalise(points, leagues, rules)
  const values = { ...matrix, values: matrix.values.map((value) => Number(toDecimal(value))) }
  await writeValues(trx, teacherIds, values, rules)
  const obstacles = lost.map(({ row, column, code }) => ({
    teacherId: teacherIds[row]!,
    area: document.areas[column]!.id,
    code,
  }))
  return { values, obstacles }
}

async function writeValues(
  trx: Transaction<CoreTables>,
  teacherIds: readonly number[],
  { columns, values }: ScoreMatrix,
  rules: readonly AreaNormalisation[],
): Promise<void> {
  const scaled = rules.flatMap((rule, column) => (isPlain(rule) ? [] : [column]))
  const cells = teacherIds.flatMap((teacherId, row) =>
    scaled.flatMap((column) => {
      const value = values[row * columns + column]!
      return Number.isNaN(value) ? [] : [{ teacherId, areaNo: column + 1, value: toDecimal(value) }]
    }),
  )
  await sql`create temporary table rating_value on commit drop as
    select r.teacher_id, r.area_no, r.area, r.points,
      case when r.area_no in (${sql.join(scaled.map((column) => sql.lit(column + 1)))}) then n.value else r.points end as value
    from rating_area r
    left join unnest(${cells.map(({ teacherId }) => teacherId)}::bigint[], ${cells.map(({ areaNo }) => areaNo)}::smallint[],
        ${cells.map(({ value }) => value)}::numeric[]) n (teacher_id, area_no, value)
      on n.teacher_id = r.teacher_id and n.area_no = r.area_no`.execute(trx)
}

/** The scale of each area. */
function scalesOf({ areas, normalisation }: RegulationDocument): AreaNormalisation[] {
  return rulesByArea(
    normalisation,
    areas.map(({ id }) => id),
  )
}
