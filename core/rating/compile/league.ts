import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { all, list } from './condition.ts'
import type { Fragment } from './value.ts'

/** Id of the first league that takes the frozen teacher, called t; null: none does. */
export function compileLeague({ leagues }: RegulationDocument): Fragment {
  const branches = leagues.map(({ id, positions }) => {
    const tests = positions.length === 0 ? [] : [sql`t.position in (${list(positions)})`]
    return sql`when ${all(tests)} then ${sql.lit(id)}`
  })
  return sql`case ${sql.join(branches, sql` `)} end`
}
