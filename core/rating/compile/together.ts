import { sql } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { Criterion } from '../../contract/regulation/document.ts'
import { dayOfFact } from './drops.ts'
import type { Extra } from './drops.ts'
import type { NumberedCriterion } from './layers.ts'
import { namesOfRule } from './reads.ts'
import type { Answers } from './reads.ts'
import { numberOf, quotient, rowValues } from './value.ts'
import type { Fragment, Values } from './value.ts'

export const takenTogether = ({ criterion }: NumberedCriterion) => criterion.together !== null

/**
 * Name of the one value of a fact that a rule over all facts at once reads; `quantity` where it reads none. Throws `rule-wrong`
 * where it reads several: of a figure of many facts nobody could say their others.
 */
export function figureName({ id, points }: Criterion, answers: Answers): string {
  const ofFact = new Set(namesOfRule(points, answers).filter((name) => !name.startsWith('teacher.')))
  if (ofFact.size > 1)
    throw new UstazError('rule-wrong', { status: 422, params: { part: `${id}: together` } })
  return [...ofFact][0] ?? 'quantity'
}

/** Coefficients, splits and limits of single facts have nothing to act on where facts count together. Throws `rule-wrong`. */
export function refuseStepsOfFacts({
  criterion: { id, factors, split, capPerFact },
}: NumberedCriterion): void {
  if (factors.length > 0 || split !== null || capPerFact !== null) {
    throw new UstazError('rule-wrong', { status: 422, params: { part: `${id}: together` } })
  }
}

/** What rating_match must know of a fact for the figures: the value, and the day where the latest counts. */
export function extrasOfTogether(criteria: readonly NumberedCriterion[], answers: Answers): Extra[] {
  const together = criteria.filter(takenTogether)
  if (together.length === 0) return []
  const rows = together.map(
    ({ no, criterion }) => sql`when ${sql.lit(no)} then ${numberOf(figureName(criterion, answers))}`,
  )
  const figure = { column: 'figure', value: sql`case f.no ${sql.join(rows, sql` `)} end` }
  const goesByDay = together.some(({ criterion }) => criterion.together === 'latest')
  return [figure, ...(goesByDay ? [dayOfFact] : [])]
}

/** The figure of many facts as an aggregate over rating_match, called m; null: a value among them is unknown. */
export function compileFigure(how: NonNullable<Criterion['together']>, order: Fragment): Fragment {
  const whereAllKnown = (figure: Fragment) => sql`case when count(*) = count(m.figure) then ${figure} end`
  switch (how) {
    case 'sum':
      return whereAllKnown(sql`sum(m.figure)`)
    case 'maximum':
      return whereAllKnown(sql`max(m.figure)`)
    case 'minimum':
      return whereAllKnown(sql`min(m.figure)`)
    case 'mean':
      return whereAllKnown(quotient(sql`sum(m.figure)`, sql`count(m.figure)`))
    case 'latest':
      return sql`(array_agg(m.figure order by m.happened_on desc, ${order}))[1]`
  }
}

/** Values of a row f that holds a figure: of facts only the one it was made of, and a quantity of 1. */
export function figureValues(name: string): Values {
  const isFigure = (asked: string) => asked === name
  const other = (asked: string) => asked === 'quantity'
  return {
    number: (asked) =>
      isFigure(asked) ? sql`f.figure` : other(asked) ? sql`1::numeric` : rowValues.number(asked),
    text: (asked) =>
      isFigure(asked)
        ? sql`trim_scale(f.figure)::text`
        : other(asked)
          ? sql`'1'::text`
          : rowValues.text(asked),
    flag: (asked) => rowValues.flag(asked),
    json: (asked) =>
      isFigure(asked) ? sql`to_jsonb(f.figure)` : other(asked) ? sql`to_jsonb(1)` : rowValues.json(asked),
  }
}
