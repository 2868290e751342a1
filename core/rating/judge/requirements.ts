import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Requirement, RequirementCheck } from '../../contract/regulation/result.ts'
import type { CoreTables } from '../../database/tables.ts'
import { all, compileCondition } from '../compile/condition.ts'
import { namesOfCondition } from '../compile/reads.ts'
import { teacherRows } from '../compile/teacher-rows.ts'
import { decimal, textOf } from '../compile/value.ts'
import type { Source } from '../write/source.ts'
import type { Query } from '../query.ts'
import { measure, measures } from './measures.ts'

/**
 * Fills `rating_requirement` (teacher_id, requirement_no, clause, effect, met, params) for every teacher a requirement concerns, and adds to
 * `rating_reason` who is excluded by one, or blocked because it cannot be told whether it is met. Only for a document with requirements.
 * Of a teacher who is blocked nothing is said: the points may not be all.
 */
export async function checkRequirements(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const { document } = source
  if (document.requirements.length === 0) return
  await sql`create temporary table rating_requirement on commit drop as
    select x.teacher_id, v.requirement_no, v.clause, v.effect, v.met, v.params
    from (${checked(source)}) x
    cross join lateral (values ${sql.join(document.requirements.map((rule, index) => verdict(document, rule, index)))})
      v (requirement_no, clause, effect, concerns, met, params)
    where v.concerns is distinct from false
      and x.teacher_id not in (select teacher_id from rating_reason where severity = 'blocked')`.execute(trx)
  await sql`insert into rating_reason
    select teacher_id, case when met is null then 'blocked' else 'excluded' end,
      case when met is null then 'requirement-unknown' else 'requirement-unmet' end, clause, case when met is null then '{}' else params end
    from rating_requirement where met is null or (effect = 'exclude' and not met)`.execute(trx)
}

/** Every check with its number over all requirements. */
function checksOf({ requirements }: RegulationDocument): RequirementCheck[] {
  return requirements.flatMap(({ checks }) => checks)
}

/** What is measured (m), what is asked for (n) and whether each requirement concerns the teacher (c), as columns m1, n1, c1, ... */
function checked({ document, plan }: Source): Query {
  const checks = checksOf(document)
  const names = document.requirements.flatMap(({ where }) => where.flatMap(namesOfCondition))
  const needs = checks.map((check, no) => sql`, ${neededBy(check)} as ${need(no)}`)
  const concerns = document.requirements.map(
    ({ where }, index) => sql`, ${all(where.map(compileCondition))} as ${concern(index)}`,
  )
  return sql`select m.* ${sql.join([...needs, ...concerns], sql``)} from (${measures(document, checks)}) m
    join (${teacherRows(plan.period, ['teacher.position', ...names])}) f on f.teacher_id = m.teacher_id
    where m.total is not null offset 0`
}

/** The number asked of the teacher's position; null: it depends on a position that is unknown. */
function neededBy({ atLeast, byPosition }: RequirementCheck): Query {
  const rows = Object.entries(byPosition)
  if (rows.length === 0) return decimal(atLeast)
  const position = textOf('teacher.position')
  const branches = rows.map(
    ([code, number]) => sql`when ${position} = ${sql.lit(code)} then ${decimal(number)}`,
  )
  return sql`case ${sql.join(branches, sql` `)} when ${position} is not null then ${decimal(atLeast)} end`
}

/** A row of the lateral values: number, clause, effect, whether it concerns the teacher and is met (null: cannot be told), what to say. */
function verdict({ requirements }: RegulationDocument, rule: Requirement, index: number): Query {
  const before = requirements.slice(0, index).reduce((sum, { checks }) => sum + checks.length, 0)
  const numbers = rule.checks.map((_, check) => before + check)
  const lack = numbers.map((no) => sql`greatest(x.${need(no)} - x.${measure(no)}, 0)`)
  const needed = rule.needed ?? rule.checks.length
  const count = rule.compensation === null ? countOf(lack) : countCovered(numbers, lack, rule.compensation)
  const isKnown = all([
    sql`x.${concern(index)} is not null`,
    ...numbers.map((no) => sql`x.${need(no)} is not null`),
  ])
  const first = (values: readonly Query[]) =>
    sql`case ${sql.join(
      lack.map((lacking, check) => sql`when ${lacking} > 0 then trim_scale(${values[check]!})::text`),
      sql` `,
    )} end`
  const params = sql`jsonb_build_object('met', ${count}, 'needed', ${sql.lit(needed)}::int,
    'value', ${first(numbers.map((no) => sql`x.${measure(no)}`))}, 'atLeast', ${first(numbers.map((no) => sql`x.${need(no)}`))})`
  return sql`(${sql.lit(index + 1)}::smallint, ${rule.id}::text, ${rule.effect.kind}::text, x.${concern(index)},
    case when ${isKnown} then ${count} >= ${sql.lit(needed)} end, ${params})`
}

/** How many checks lack nothing. */
function countOf(lack: readonly Query[]): Query {
  return sql`(${sql.join(
    lack.map((lacking) => sql`case when ${lacking} = 0 then 1 else 0 end`),
    sql` + `,
  )})`
}

/** How many are met when the surplus of all, times the compensation, makes up for the smallest lacks first. */
function countCovered(numbers: readonly number[], lack: readonly Query[], compensation: string): Query {
  const surplus = numbers.map((no) => sql`greatest(x.${measure(no)} - x.${need(no)}, 0)`)
  return sql`(select count(*)::int from (
      select sum(lacking) over (order by lacking rows unbounded preceding) as upto
      from (values ${sql.join(lack.map((lacking) => sql`(${lacking})`))}) l (lacking)) l
    where l.upto <= ${decimal(compensation)} * (${sql.join(surplus, sql` + `)}))`
}

const need = (index: number) => sql.ref(`n${index + 1}`)
const concern = (index: number) => sql.ref(`c${index + 1}`)
