import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { dropsOf, extrasOfDrops } from './drops.ts'
import type { Drop, Extra } from './drops.ts'
import { answersOf, compileAnswer, functionUses } from './functions.ts'
import type { FindFunction, FunctionUse } from './functions.ts'
import { numberCriteria } from './layers.ts'
import type { NumberedCriterion } from './layers.ts'
import { namesOfDocument } from './reads.ts'
import type { Answers } from './reads.ts'
import type { RuleContext } from './rule.ts'
import { stepsOf } from './steps.ts'
import type { Step } from './steps.ts'
import type { FrozenPeriod } from './teacher-rows.ts'
import { extrasOfTogether, refuseStepsOfFacts, takenTogether } from './together.ts'

/** What a document asks of the engine for one frozen period, worked out once for a run. */
export interface RatingPlan {
  document: RegulationDocument
  period: FrozenPeriod
  criteria: readonly NumberedCriterion[]
  steps: readonly Step[]
  drops: readonly Drop[]
  /** Further columns of rating_match. */
  extras: readonly Extra[]
  /** Names of the values that are read from facts. */
  reads: ReadonlySet<string>
  /** Whether some criterion counts facts of the staff. */
  countsStaff: boolean
  functions: readonly FunctionUse[]
  answers: Answers
  answer: RuleContext['answer']
}

/** Throws `rule-wrong`, `formula-wrong`, `coefficient-unknown`, `exclusion-too-wide` for what cannot be computed, `function-missing`. */
export function planRating(
  document: RegulationDocument,
  period: FrozenPeriod,
  findFunction: FindFunction,
): RatingPlan {
  const criteria = numberCriteria(document)
  criteria.filter(takenTogether).forEach(refuseStepsOfFacts)
  const countsStaff = document.criteria.some(({ whose }) => whose === 'staff')
  const functions = functionUses(document, findFunction)
  const answers = answersOf(functions)
  const extras = [...extrasOfDrops(criteria), ...extrasOfTogether(criteria, answers)]
  const answer = compileAnswer(functions)
  return {
    document,
    period,
    criteria,
    steps: stepsOf(criteria, document.coefficients, answer),
    drops: dropsOf(document, criteria, countsStaff),
    extras: extras.filter(
      ({ column }, index) => extras.findIndex((other) => other.column === column) === index,
    ),
    reads: namesOfDocument(document, answers),
    countsStaff,
    functions,
    answers,
    answer,
  }
}
