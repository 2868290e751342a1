import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Keep } from '../../contract/regulation/rule.ts'
import type { LineKind } from '../../contract/resources/runs.ts'
import type { NumberedCriterion } from './layers.ts'
import { textOf } from './value.ts'
import type { Fragment } from './value.ts'

/** A clause by which facts that a criterion counted do not count after all. */
export interface Drop {
  /** From 1, in the order in which they act; rating_match.dropped says it. */
  no: number
  kind: Extract<LineKind, 'once' | 'keep'>
  clause: string
  /** Numbers of the criteria whose facts it looks at. */
  criteria: readonly number[]
  /** Facts within which it chooses, as a list of columns of rating_match. */
  within: Fragment
  /** Which of them are looked at at all; null: each. */
  only: Fragment | null
  /** Their order, the best first. */
  order: Fragment
  /** How many of them stay. */
  most: number
}

/** What rating_match must know of a fact beside its points. */
export interface Extra {
  column: string
  value: Fragment
}

/** First every `once` list, then every `keep`, in the order of the document. */
export function dropsOf(
  document: RegulationDocument,
  criteria: readonly NumberedCriterion[],
  countsStaff: boolean,
): Drop[] {
  // A leader's own fact is the same among the staff's.
  const fact = countsStaff ? sql`coalesce(fact_teacher_id, teacher_id), fact_no` : sql`fact_no`
  const byNumber = countsStaff ? sql`person_no, fact_no` : sql`fact_no`
  const numberOf = new Map(criteria.map(({ no, criterion }) => [criterion.id, no]))
  const drops: Omit<Drop, 'no'>[] = document.once.map(({ id, criteria: ids, prefer }) => {
    const numbers = ids.flatMap((criterion) => numberOf.get(criterion) ?? [])
    const place = sql`array_position(array[${sql.join(numbers.map((no) => sql.lit(no)))}]::smallint[], no)`
    return {
      kind: 'once',
      clause: id,
      criteria: numbers,
      within: sql`teacher_id, ${fact}`,
      only: null,
      order: prefer === 'order' ? place : sql`awarded desc nulls last, ${place}`,
      most: 1,
    }
  })
  for (const { no, criterion } of criteria) {
    for (const [index, keep] of criterion.keep.entries()) {
      const container = sql.id(containerColumn(index))
      const isAll = keep.per.length === 0
      drops.push({
        kind: 'keep',
        clause: keep.id,
        criteria: [no],
        within: isAll ? sql`teacher_id` : sql`teacher_id, ${container}`,
        only: isAll ? null : sql`${container} is not null`,
        order: sql`${preferred(keep)}, ${byNumber}`,
        most: keep.most,
      })
    }
  }
  return drops.filter((drop) => drop.criteria.length > 0).map((drop, index) => ({ ...drop, no: index + 1 }))
}

function preferred({ prefer }: Keep): Fragment {
  if (prefer === 'points') return sql`awarded desc nulls last`
  return prefer === 'latest' ? sql`happened_on desc` : sql`happened_on`
}

const containerColumn = (index: number) => `container${index + 1}`

/** The containers that `keep` clauses name (the first ones of all criteria are one column), and the day where one goes by it. */
export function extrasOfDrops(criteria: readonly NumberedCriterion[]): Extra[] {
  const most = Math.max(0, ...criteria.map(({ criterion }) => criterion.keep.length))
  const containers = Array.from({ length: most }, (_, index): Extra => {
    const rows = criteria.flatMap(({ no, criterion }) => {
      const per = criterion.keep[index]?.per ?? []
      return per.length === 0 ? [] : [sql`when ${sql.lit(no)} then ${compileContainer(per)}`]
    })
    const value = rows.length === 0 ? sql`null::text` : sql`case f.no ${sql.join(rows, sql` `)} end`
    return { column: containerColumn(index), value }
  })
  const goesByDay = criteria.some(({ criterion }) => criterion.keep.some(({ prefer }) => prefer !== 'points'))
  return [...containers, ...(goesByDay ? [dayOfFact] : [])]
}

export const dayOfFact: Extra = { column: 'happened_on', value: sql`f.happened_on` }

/** The values that name a container as one text; null: one of them is unknown, and the fact is a container of its own. */
function compileContainer(per: readonly string[]): Fragment {
  const known = per.map((name) => sql`(${textOf(name, [])}) is not null`)
  const parts = sql.join(per.map((name) => textOf(name)))
  return sql`case when ${sql.join(known, sql` and `)} then jsonb_build_array(${parts})::text end`
}
