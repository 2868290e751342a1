import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { decimal } from '../compile/value.ts'
import type { Weighing } from '../score/weigh-teachers.ts'
import type { Query } from '../query.ts'

/** What results are written from, beside the temporary tables. */
export interface Source extends Weighing {
  runId: number
  snapshotId: number
  document: RegulationDocument
  plan: RatingPlan
}

/**
 * The areas of teachers with what is weighed and the weight, as columns teacher_id, area_no, area, points, value, weight of a table called r.
 * Areas without a value or a weight that is known are not among them.
 */
export function weighedAreas({ weights, byTeacher, isNormalised }: Source): Query {
  const from = isNormalised ? sql`rating_value` : sql`rating_area`
  const value = isNormalised ? sql`a.value` : sql`a.points`
  const rows = Object.entries(weights).map(([area, weight]) => sql`(${area}, ${decimal(weight)})`)
  const weight = byTeacher
    ? sql`rating_weight w on w.teacher_id = a.teacher_id and w.area_no = a.area_no`
    : sql`(values ${sql.join(rows)}) w (area, weight) on w.area = a.area`
  return sql`(select a.teacher_id, a.area_no, a.area, a.points, ${value} as value, w.weight
    from ${from} a join ${weight} ${isNormalised ? sql`where a.value is not null` : sql``}) r`
}
