import type { Question } from './question.ts'

export interface WeightedScale {
  question: string
  steps: number
  /** Whole, above 0. */
  weight: number
}

/** The questions that count in the score. */
export function weightedScales(questions: readonly Question[]): WeightedScale[] {
  return questions.flatMap((question) =>
    question.kind === 'scale' && question.weight > 0
      ? [{ question: question.id, steps: question.steps, weight: question.weight }]
      : [],
  )
}
