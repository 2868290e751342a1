import { modelOf } from './cells.ts'
import type { Cell, FactorName, ScoreModel } from './cells.ts'
import { setUpEquations } from './mixed-model/equations.ts'
import { fit } from './mixed-model/fit.ts'
import type { Fit } from './mixed-model/fit.ts'

/** Variances in squared units of the answers; null: not in the model, for want of levels or of answers. */
export type Variances = Record<FactorName, number | null> & {
  /** Of single answers about their expectation. */
  answer: number
}

/** few: fewer than three teachers, or hardly more answers than teachers. alike: answers about a teacher do not vary, so nothing tells noise. */
export type WhyUnknown = 'few' | 'alike'

export interface Estimate {
  model: ScoreModel
  /** With the highest restricted likelihood. */
  variances: Variances
  /** Minus twice the restricted log-likelihood at its highest, as other programs print it. */
  criterion: number
  /** What scores are worked out with: the variance of teachers kept above 0. */
  adjusted: Fit
  /** Variance of teachers in it. */
  adjustedTeacher: number
}

/**
 * The most likely variance of teachers is 0 in many universities with few of them although teachers differ: all scores would be the same, and
 * certain. Half the logarithm of the variance is therefore added to the restricted log-likelihood, a gamma(2) prior of the standard deviation that
 * is flat far away (Chung, Rabe-Hesketh, Dorie, Gelman and Liu 2013, Psychometrika 78(4), 685-709); with many teachers it changes nothing.
 */
const addedToTeacher = 0.5

export function estimate(cells: readonly Cell[]): Estimate | WhyUnknown {
  const model = modelOf(cells)
  if (!model) return 'few'
  const { factors } = model.observations
  const equations = setUpEquations(model.observations, model.early)
  const plain = fit(
    equations,
    factors.map(() => 0),
  )
  if (!plain) return 'alike'
  const adjusted = fit(
    equations,
    factors.map(({ name }) => (name === 'teacher' ? addedToTeacher : 0)),
    plain.ratios.map((ratio, factor) =>
      factors[factor]!.name === 'teacher' ? Math.max(ratio, 0.01) : ratio,
    ),
  )
  if (!adjusted) return 'alike'
  const teacher = factors.findIndex(({ name }) => name === 'teacher')
  return {
    model,
    variances: variancesOf(model, plain),
    criterion: plain.criterion,
    adjusted,
    adjustedTeacher: adjusted.ratios[teacher]! * adjusted.noise,
  }
}

function variancesOf({ observations: { factors } }: ScoreModel, { ratios, noise }: Fit): Variances {
  const of = (name: FactorName) => {
    const factor = factors.findIndex((one) => one.name === name)
    return factor < 0 ? null : ratios[factor]! * noise
  }
  return {
    teacher: of('teacher'),
    group: of('group'),
    department: of('department'),
    student: of('student'),
    answer: noise,
  }
}
