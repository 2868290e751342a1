import type { Transaction } from 'kysely'
import { sql } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { ScoreMatrix, Weighting } from '../../plugin/weighting.ts'
import { toDecimal } from './obstacles.ts'
import type { TeacherMatrix } from './read-matrix.ts'
import { readValues } from './read-values.ts'

export interface AreaWeights {
  /** Area id -> exact decimal; where each teacher has weights of their own, what these have in common, for showing. */
  weights: Record<string, string>
  /** Weights by row and area, as `rating_weight` (teacher_id, area_no, weight) holds them; NaN: unknown. null: the same for all. */
  byTeacher: ScoreMatrix | null
  how: Record<string, unknown>
}

/** Whether the weighting asks for anything of the teachers; one that does not costs nothing. */
export function asksForTeachers(weighting: Weighting): boolean {
  return weighting.needs !== 'nothing' || weighting.reads !== undefined
}

/**
 * Asks the regulation's weighting for the weight of each area. `teachers`: the matrix with the values that are weighed; null where the
 * weighting asks for nothing. Throws `weights-wrong` when an area is missing, unknown, negative or not a number, or rows
 * of weights do not fit.
 */
export async function weighAreas(
  trx: Transaction<CoreTables>,
  source: { document: RegulationDocument; snapshotId: number; weighting: Weighting },
  teachers: { matrix: TeacherMatrix; values: ScoreMatrix } | null,
): Promise<AreaWeights> {
  const { document, weighting } = source
  const areas = document.areas.map(({ id }) => id)
  const params = weighting.params.parse(document.weighting.params)
  const readings =
    teachers && weighting.reads ? await readValues(trx, source.snapshotId, weighting.reads(params)) : null
  const { weights, byTeacher, how } = weighting.weigh({
    areas,
    params,
    scores:
      teachers && weighting.needs === 'scores' ? counted(teachers.values, teachers.matrix.matches) : null,
    positions: teachers && weighting.needs === 'positions' ? teachers.matrix.positions : null,
    readings,
  })
  if (byTeacher) {
    checkRows(document.weighting.id, teachers?.matrix ?? null, byTeacher)
    await writeWeights(trx, teachers!.matrix.teacherIds, byTeacher)
  }
  return { weights: checkWeights(document.weighting.id, areas, weights), byTeacher: byTeacher ?? null, how }
}

/** Where nothing was counted a teacher has no value: it is not weighed as 0. */
function counted(values: ScoreMatrix, matches: Float64Array): ScoreMatrix {
  return { ...values, values: values.values.map((value, at) => (matches[at] === 0 ? Number.NaN : value)) }
}

/** What a weighting answered, as exact decimals. Throws `weights-wrong`. */
export function checkWeights(
  weighting: string,
  areas: readonly string[],
  weights: Record<string, string | number>,
): Record<string, string> {
  const wrong = [
    ...areas.filter((area) => !(area in weights) || !isWeight(weights[area])),
    ...Object.keys(weights).filter((area) => !areas.includes(area)),
  ]
  if (wrong.length > 0)
    throw new UstazError('weights-wrong', { status: 422, params: { weighting, areas: wrong } })
  return Object.fromEntries(areas.map((area) => [area, exact(weights[area]!)]))
}

/** A row for each teacher, each weight 0 or more, or NaN. */
function checkRows(weighting: string, matrix: TeacherMatrix | null, given: ScoreMatrix): void {
  const fits = matrix?.points.rows === given.rows && matrix.points.columns === given.columns
  const isWrong = given.values.some((weight) => weight < 0 || weight === Infinity)
  if (!fits || given.values.length !== given.rows * given.columns || isWrong)
    throw new UstazError('weights-wrong', { status: 422, params: { weighting, areas: [] } })
}

async function writeWeights(
  trx: Transaction<CoreTables>,
  teacherIds: readonly number[],
  { columns, values }: ScoreMatrix,
): Promise<void> {
  const known = teacherIds.flatMap((teacherId, row) => {
    const weights = [...values.subarray(row * columns, (row + 1) * columns)]
    return weights.some(Number.isNaN)
      ? []
      : weights.map((weight, column) => ({ teacherId, areaNo: column + 1, weight: toDecimal(weight) }))
  })
  await sql`create temporary table rating_weight (teacher_id, area_no, weight) on commit drop as
    select * from unnest(${known.map(({ teacherId }) => teacherId)}::bigint[], ${known.map(({ areaNo }) => areaNo)}::smallint[],
      ${known.map(({ weight }) => weight)}::numeric[]) w`.execute(trx)
}

function isWeight(weight: string | number | undefined): boolean {
  if (typeof weight === 'number') return Number.isFinite(weight) && weight >= 0
  return weight !== undefined && /^\d+(\.\d+)?$/.test(weight)
}

function exact(weight: string | number): string {
  return typeof weight === 'string' ? weight : toDecimal(weight)
}
