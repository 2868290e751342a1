import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { compileLeague } from '../compile/league.ts'
import { compileLimits } from '../compile/limits.ts'
import { compileNorm, compileNormChange } from '../compile/norm.ts'
import type { Fragment } from '../compile/value.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { Source } from '../write/source.ts'

/**
 * Fills `rating_total`, a row for each teacher: teacher_id, league (null: none takes them), score (sum of the weighted areas), norm1, change1, ... (each norm and what
 * it changes), normed, total (after the limits of the total). Null: a norm is missing.
 */
export async function totalTeachers(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const { document } = source
  const total = compileLimits(sql`x.normed`, document.total, sql`x.normed is not null`)
  await sql`create temporary table rating_total on commit drop as
    select x.*, ${total} as total from (${withNorms(source)}) x`.execute(trx)
  await sql`analyze rating_total`.execute(trx)
}

function withNorms({ document, runId, snapshotId }: Source): Fragment {
  const norms = document.norms.map((norm, index) => sql`, ${compileNorm(norm)} as ${numbered('norm', index)}`)
  let query = sql`select a.teacher_id, ${compileLeague(document)} as league, a.score ${sql.join(norms, sql``)}
    from (select teacher_id, sum(score) as score from core.run_area where run_id = ${runId} group by teacher_id) a
    join core.snapshot_teacher t on t.snapshot_id = ${snapshotId} and t.teacher_id = a.teacher_id`
  let total = sql`x.score`
  document.norms.forEach((norm, index) => {
    const change = compileNormChange(norm, sql`(${total})`, sql`x.${numbered('norm', index)}`)
    query = sql`select x.*, ${change} as ${numbered('change', index)} from (${query}) x`
    total = sql`${total} + x.${numbered('change', index)}`
  })
  return sql`select x.*, ${total} as normed from (${query}) x`
}

export const numbered = (name: string, index: number) => sql.ref(`${name}${index + 1}`)
