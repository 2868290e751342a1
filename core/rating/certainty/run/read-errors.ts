import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Criterion, RegulationDocument } from '../../../contract/regulation/document.ts'
import type { CertaintySummary } from '../../../contract/resources/certainty.ts'
import type { CoreTables } from '../../../database/tables.ts'
import type { DeclaredErrors } from '../../../plugin/definition.ts'
import type { FinishedRun } from '../../results/find-run.ts'

export interface RunErrors {
  /** Standard deviation of each point, by the teachers' order and area; null: every fact is exact. */
  noise: Float64Array | null
  counts: CertaintySummary['errors']
}

/** A criterion that reads a value with a declared error. */
interface NoisyCriterion {
  id: string
  areaNo: number
  /** Points for each unit of the value. */
  slope: number
  /** Attribute that holds the standard deviation. */
  deviation: string
}

/**
 * Carries declared errors of facts to points of areas. Where a rule gives points in proportion to a value, the error of a fact is slope x deviation x
 * what factors, splits and limits left of its points; independent facts add up by squares. Other rules (tiers, tables, formulas, figures
 * of several facts) have no slope to go by: their clauses are named, and their points count as exact. So does a fact whose
 * deviation is unknown, which is counted. `errorsOf`: what an indicator declares.
 */
export async function readErrors(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  teacherIds: readonly number[],
  errorsOf: (indicator: string) => DeclaredErrors,
): Promise<RunErrors> {
  const { noisy, clauses } = findNoisy(run.document, errorsOf)
  const counts = { facts: 0, unknown: 0, clauses }
  if (noisy.length === 0) return { noise: null, counts }
  const columns = run.document.areas.length
  const rowOf = new Map(teacherIds.map((id, row) => [id, row]))
  const noise = new Float64Array(teacherIds.length * columns)
  for (const found of await readSquares(db, run, noisy)) {
    counts.facts += found.facts
    counts.unknown += found.unknown
    const row = rowOf.get(found.teacher_id)
    if (row !== undefined) noise[row * columns + found.area_no] = Math.sqrt(found.square)
  }
  return { noise, counts }
}

function findNoisy({ criteria, areas }: RegulationDocument, errorsOf: (indicator: string) => DeclaredErrors) {
  const noisy: NoisyCriterion[] = []
  const clauses: string[] = []
  for (const criterion of criteria) {
    const declared = errorsOf(criterion.indicator)
    const read = valuesOf(criterion.points).filter((value) => Object.hasOwn(declared, value))
    if (read.length === 0) continue
    const { points: rule, together } = criterion
    if (rule.kind !== 'per-value' || together !== null) clauses.push(criterion.id)
    else
      noisy.push({
        id: criterion.id,
        areaNo: areas.findIndex(({ id }) => id === criterion.area),
        slope: Number(rule.points) / Number(rule.per),
        deviation: declared[rule.of]!,
      })
  }
  return { noisy, clauses }
}

/** Names of values that a rule reads: every text in it that could be one, which finds those of formulas too. */
function valuesOf(rule: Criterion['points']): string[] {
  return JSON.stringify(rule).match(/[a-zA-Z][a-zA-Z0-9]*/g) ?? []
}

interface Squares {
  teacher_id: number
  area_no: number
  square: number
  facts: number
  unknown: number
}

async function readSquares(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  noisy: readonly NoisyCriterion[],
): Promise<Squares[]> {
  const rules = noisy.map(
    ({ id, areaNo, slope, deviation }) => sql`(${id}, ${areaNo}::int, ${slope}::float8, ${deviation})`,
  )
  const deviation = sql`case jsonb_typeof(f.attributes -> c.deviation) when 'number' then (f.attributes ->> c.deviation)::float8 end`
  const { rows } = await sql<Squares>`
    select x.teacher_id, x.area_no, coalesce(sum((x.slope * x.left_over * x.deviation) ^ 2), 0) as square,
      count(*)::int as facts, (count(*) filter (where x.deviation is null))::int as unknown
    from (
      select l.teacher_id, c.area_no, c.slope, ${deviation} as deviation,
        case when l.points = 0 then 1 else l.awarded / l.points end as left_over
      from (
        select teacher_id, clause, fact_no, coalesce(fact_teacher_id, teacher_id) as fact_teacher_id, sum(amount)::float8 as awarded,
          (sum(amount) filter (where kind = 'points'))::float8 as points
        from core.run_line where run_id = ${run.id} and fact_no is not null and clause = any(${noisy.map(({ id }) => id)}::text[])
        group by 1, 2, 3, 4
      ) l
      join (values ${sql.join(rules)}) c (id, area_no, slope, deviation) on c.id = l.clause
      join core.snapshot_fact f on f.snapshot_id = ${run.snapshotId} and f.teacher_id = l.fact_teacher_id and f.fact_no = l.fact_no
    ) x group by x.teacher_id, x.area_no`.execute(db)
  return rows
}
