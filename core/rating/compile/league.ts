import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { all, compileCondition, list } from './condition.ts'
import { namesOfCondition } from './reads.ts'
import { textOf } from './value.ts'
import type { Fragment } from './value.ts'

/** Id of the first league that takes a frozen teacher (a row called f, see teacher-rows.ts); null: none does. */
export function compileLeague({ leagues }: RegulationDocument): Fragment {
  const branches = leagues.map(({ id, positions, where }) => {
    const tests = positions.length === 0 ? [] : [sql`${textOf('teacher.position')} in (${list(positions)})`]
    return sql`when ${all([...tests, ...where.map(compileCondition)])} then ${sql.lit(id)}`
  })
  return sql`case ${sql.join(branches, sql` `)} end`
}

/** Values of the teacher that leagues read. */
export function namesOfLeagues({ leagues }: RegulationDocument): string[] {
  return ['teacher.position', ...leagues.flatMap(({ where }) => where.flatMap(namesOfCondition))]
}
