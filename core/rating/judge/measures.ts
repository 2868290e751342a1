import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { RequirementCheck } from '../../contract/regulation/result.ts'
import { numberCriteria } from '../compile/layers.ts'
import { groupsInTheEnd } from '../score/groups-in-the-end.ts'
import { numberGroups } from '../score/sum-groups.ts'
import type { Query } from '../query.ts'

/** The sums that checks look at, a row for each rated teacher: teacher_id, total, and `m1`, `m2`, ... in the order of the checks. */
export function measures(document: RegulationDocument, checks: readonly RequirementCheck[]): Query {
  const parts = tablesOf(document).map(({ rows, column, counted, numbers }, index) => {
    const sums = checks.map((check, no) => {
      const wanted = check.of.flatMap((id) => numbers.get(id) ?? [])
      if (wanted.length === 0) return sql``
      const value = check.measure === 'points' ? counted : sql`matches`
      return sql`, sum(${value}) filter (where ${sql.ref(column)} in (${sql.join(wanted.map((n) => sql.lit(n)))})) as ${measure(no)}`
    })
    const has = (no: number) => checks[no]!.of.some((id) => numbers.has(id))
    const name = sql.ref(`t${index}`)
    return {
      has,
      name,
      isUsed: checks.some((_, no) => has(no)),
      join: sql`left join (select teacher_id ${sql.join(sums, sql``)} from ${rows} group by teacher_id) ${name}
        on ${name}.teacher_id = r.teacher_id`,
    }
  })
  const used = parts.filter(({ isUsed }) => isUsed)
  const countsAll = checks.some(({ of, measure: what }) => of.length === 0 && what === 'facts')
  const everything = countsAll
    ? sql`join (select teacher_id, sum(matches) as facts from rating_area group by teacher_id) e on e.teacher_id = r.teacher_id`
    : sql``
  const columns = checks.map((check, no) => {
    const terms = used
      .filter(({ has }) => has(no))
      .map(({ name }) => sql`coalesce(${name}.${measure(no)}, 0)`)
    const value =
      check.of.length === 0 ? ofAll(check) : terms.length === 0 ? sql`0` : sql.join(terms, sql` + `)
    return sql`, ${value} as ${measure(no)}`
  })
  return sql`select r.teacher_id, r.total ${sql.join(columns, sql``)} from rating_total r ${everything} ${sql.join(
    used.map(({ join }) => join),
    sql` `,
  )}`
}

export const measure = (index: number) => sql.ref(`m${index + 1}`)

/** The total itself, or every counted fact. */
const ofAll = ({ measure: what }: RequirementCheck): Query =>
  what === 'points' ? sql`r.total` : sql`e.facts`

/** Where the points of areas, groups and criteria stand, and the numbers of their ids there. */
function tablesOf(document: RegulationDocument) {
  const areas = new Map(document.areas.map(({ id }, index) => [id, index + 1]))
  const groups = new Map(numberGroups(document).map(({ no, group }) => [group.id, no]))
  const criteria = new Map(numberCriteria(document).map(({ no, criterion }) => [criterion.id, no]))
  return [
    { rows: sql`rating_area`, column: 'area_no', counted: sql`points`, numbers: areas },
    { rows: groupsInTheEnd(document), column: 'group_no', counted: sql`points`, numbers: groups },
    { rows: sql`rating_sum`, column: 'no', counted: sql`capped`, numbers: criteria },
  ]
}
