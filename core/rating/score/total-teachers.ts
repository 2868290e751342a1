import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { compileLeague, namesOfLeagues } from '../compile/league.ts'
import { compileLimits } from '../compile/limits.ts'
import { compileNorm, compileNormChange, namesOfNorms, normsByDays } from '../compile/norm.ts'
import { teacherRows } from '../compile/teacher-rows.ts'
import type { Fragment } from '../compile/value.ts'
import type { CoreTables } from '../../database/tables.ts'
import { weighedAreas } from '../write/source.ts'
import type { Source } from '../write/source.ts'

/**
 * Fills `rating_total`, a row for each teacher: teacher_id, league (null: none takes them), score (sum of the weighted areas), aggregated (where the document aggregates otherwise), norm1, change1, ... (each norm and what
 * it changes), normed, total (after the limits of the total). Null: a norm is missing, or there is
 * nothing to aggregate.
 */
export async function totalTeachers(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const { document } = source
  const total = compileLimits(sql`x.normed`, document.total, sql`x.normed is not null`)
  await sql`create temporary table rating_total on commit drop as
    select x.*, ${total} as total from (${withNorms(source)}) x`.execute(trx)
  await sql`analyze rating_total`.execute(trx)
}

function withNorms(source: Source): Fragment {
  const { norms } = source.document
  let query = withTeachers(source)
  let total = source.isAggregated ? sql`x.aggregated` : sql`x.score`
  norms.forEach((norm, index) => {
    const change = compileNormChange(norm, sql`(${total})`, sql`x.${numbered('norm', index)}`)
    query = sql`select x.*, ${change} as ${numbered('change', index)} from (${query}) x`
    total = sql`${total} + x.${numbered('change', index)}`
  })
  return sql`select x.*, ${total} as normed from (${query}) x`
}

/** Scores with the league and the norms of each teacher. */
function withTeachers(source: Source): Fragment {
  const { document } = source
  const { period } = source.plan
  const norms = document.norms.map((norm, index) => {
    const byDays = sql`${numbered('days', index)}.norm`
    return sql`, ${compileNorm(norm, byDays, period)} as ${numbered('norm', index)}`
  })
  const days = document.norms.map((norm, index) => {
    if (norm.position !== 'by-days') return sql``
    const name = numbered('days', index)
    return sql`left join (${normsByDays(norm, period.snapshotId)}) ${name} on ${name}.teacher_id = a.teacher_id`
  })
  const people = teacherRows(period, [...namesOfLeagues(document), ...namesOfNorms(document)])
  return sql`select a.*, ${compileLeague(document)} as league ${sql.join(norms, sql``)}
    from (${scores(source)}) a join (${people}) f on f.teacher_id = a.teacher_id ${sql.join(days, sql` `)}`
}

/** Every rated teacher with the sum of the weighted areas, and what else the aggregation makes of them. */
function scores(source: Source): Fragment {
  const sums = sql`select r.teacher_id, sum(r.value * r.weight) as score from ${weighedAreas(source)} group by r.teacher_id`
  if (!source.isNormalised && !source.byTeacher && !source.isAggregated) return sums
  const aggregated = source.isAggregated
    ? {
        column: sql`, g.total as aggregated`,
        join: sql`left join rating_aggregate g on g.teacher_id = r.teacher_id`,
      }
    : { column: sql``, join: sql`` }
  return sql`select r.teacher_id, coalesce(s.score, 0) as score ${aggregated.column}
    from (select distinct teacher_id from rating_area) r
    left join (${sums}) s on s.teacher_id = r.teacher_id ${aggregated.join}`
}

export const numbered = (name: string, index: number) => sql.ref(`${name}${index + 1}`)
