import type { Question } from './question.ts'

/** Where the answers to a question are counted. */
export interface Places {
  question: Question
  /** Place of how many answered it. */
  answered: number
  /** Place of each value, in the order of the scale or of the options. */
  values: readonly number[]
}

/**
 * Places of all questions that are counted, those with a text left out; the list of counts of a version is as long as the last place. A version
 * that is fixed keeps its questions, and so its places.
 */
export function placesOf(questions: readonly Question[]): Places[] {
  let next = 0
  return questions.flatMap((question) => {
    const count = valueCount(question)
    if (count === 0) return []
    const answered = next
    const values = Array.from({ length: count }, (_, index) => answered + 1 + index)
    next += count + 1
    return [{ question, answered, values }]
  })
}

export function placeCount(questions: readonly Question[]): number {
  return placesOf(questions).reduce((sum, { values }) => sum + values.length + 1, 0)
}

function valueCount(question: Question): number {
  if (question.kind === 'text') return 0
  return question.kind === 'scale' ? question.steps : question.options.length
}
