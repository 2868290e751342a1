import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { notYet } from './not-yet.ts'
import { numberCriteria } from './layers.ts'
import type { NumberedCriterion } from './layers.ts'
import { namesOfDocument } from './reads.ts'
import { stepsOf } from './steps.ts'
import type { Step } from './steps.ts'
import type { FrozenPeriod } from './teacher-rows.ts'

/** What a document asks of the engine for one frozen period, worked out once for a run. */
export interface RatingPlan {
  document: RegulationDocument
  period: FrozenPeriod
  criteria: readonly NumberedCriterion[]
  steps: readonly Step[]
  /** Names of the values that are read from facts. */
  reads: ReadonlySet<string>
}

export function planRating(document: RegulationDocument, period: FrozenPeriod): RatingPlan {
  const criteria = numberCriteria(document)
  const answer = () => {
    throw notYet('function')
  }
  return {
    document,
    period,
    criteria,
    steps: stepsOf(criteria, document.coefficients, answer),
    reads: namesOfDocument(document, () => []),
  }
}
