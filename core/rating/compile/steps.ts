import { sql } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { Coefficient, Rule } from '../../contract/regulation/rule.ts'
import type { LineKind } from '../../contract/resources/runs.ts'
import type { NumberedCriterion } from './layers.ts'
import { compileRule } from './rule.ts'
import type { RuleContext } from './rule.ts'
import { compileMinimum, compileSplit } from './split.ts'
import { decimal, rowValues } from './value.ts'
import type { Fragment } from './value.ts'

/** One step on the way of a fact's points; the criteria it does not name keep theirs. */
export interface Step {
  kind: Extract<LineKind, 'points' | 'factor' | 'split' | 'minimum' | 'fact-cap'>
  /** Column of rating_match with the points after the step; null there: a value the step needs is unknown. */
  column: string
  /** By number of the criterion. */
  parts: ReadonlyMap<number, StepPart>
}
export interface StepPart {
  /** The clause that does it: a coefficient, or the criterion itself. */
  clause: string
  /** Rule of `points` and `factor`. */
  rule: Rule | null
  /** What the points become. */
  compile(points: Fragment): Fragment
}

type Answer = RuleContext['answer']

/** The steps some criterion takes, in their order, the first always `points`; the column after the last is called awarded. */
export function stepsOf(
  criteria: readonly NumberedCriterion[],
  coefficients: readonly Coefficient[],
  answer: Answer,
): Step[] {
  const points = stepOf('points', 'points', criteria, (criterion) => ({
    clause: criterion.id,
    rule: criterion.points,
    compile: () =>
      criterion.together === null
        ? compileRule(criterion.points, { values: rowValues, times: rowValues.number('quantity'), answer })
        : sql`0::numeric`,
  }))
  const rest = [
    ...factorSteps(criteria, coefficients, answer),
    stepOf('split', 'shared', criteria, ({ id, split }) =>
      split ? { clause: id, rule: null, compile: (before) => compileSplit(split, before) } : null,
    ),
    stepOf('minimum', 'enough', criteria, ({ id, split }) => {
      const minimum = split?.minimum
      return minimum ? { clause: id, rule: null, compile: (before) => compileMinimum(minimum, before) } : null
    }),
    stepOf('fact-cap', 'limited', criteria, ({ id, capPerFact }) =>
      capPerFact === null
        ? null
        : { clause: id, rule: null, compile: (before) => capped(before, capPerFact) },
    ),
  ]
  const taken = [points, ...rest.filter(({ parts }) => parts.size > 0)]
  return taken.map((step, index) => (index === taken.length - 1 ? { ...step, column: 'awarded' } : step))
}

function stepOf(
  kind: Step['kind'],
  column: string,
  criteria: readonly NumberedCriterion[],
  partOf: (criterion: NumberedCriterion['criterion']) => StepPart | null,
): Step {
  const parts = criteria.flatMap(({ no, criterion }): [number, StepPart][] => {
    const part = partOf(criterion)
    return part ? [[no, part]] : []
  })
  return { kind, column, parts: new Map(parts) }
}

/** The first coefficients of all criteria are one step, the second ones the next. */
function factorSteps(
  criteria: readonly NumberedCriterion[],
  coefficients: readonly Coefficient[],
  answer: Answer,
): Step[] {
  const most = Math.max(0, ...criteria.map(({ criterion }) => criterion.factors.length))
  return Array.from({ length: most }, (_, index) =>
    stepOf('factor', `factor${index + 1}`, criteria, ({ id, factors }) => {
      const clause = factors[index]
      if (clause === undefined) return null
      const rule = coefficients.find((coefficient) => coefficient.id === clause)?.rule
      if (!rule) {
        throw new UstazError('coefficient-unknown', {
          status: 422,
          params: { clause: id, coefficient: clause },
        })
      }
      const context = { values: rowValues, times: null, answer }
      return { clause, rule, compile: (points) => sql`${points} * (${compileRule(rule, context)})` }
    }),
  )
}

const capped = (points: Fragment, cap: string) =>
  sql`case when ${points} > ${decimal(cap)} then ${decimal(cap)} else ${points} end`
