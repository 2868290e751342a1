import type { Question } from '../questions/question.ts'
import { readAnswer } from '../questions/read-answer.ts'
import type { Answer, CountedAnswer } from '../questions/read-answer.ts'

/** What comes by a link about one teacher, or, in a linked campaign, about several at once. */
export type SentContent =
  | { answer: Answer; answers?: undefined }
  | { answers: readonly { about: number; answer: Answer }[]; answer?: undefined }

/** What a link is about: one cell, or those of a bundle. */
export interface Aim {
  campaign: number
  /** null: answers are not linked, and `cells` has one. */
  bundle: number | null
  cells: readonly number[]
}

/** An answer about one cell. */
export interface CellAnswer {
  cell: number
  answer: Answer
  counted: CountedAnswer
}

/** null: one of the answers does not fit the questions, or is about what the link is not about, or there is none. */
export function readSent(
  { bundle, cells }: Aim,
  sent: SentContent,
  questions: readonly Question[],
): CellAnswer[] | null {
  const given = bundle === null ? ofOneCell(cells, sent) : (sent.answers ?? [])
  const abouts = new Set(given.map(({ about }) => about))
  if (given.length === 0 || abouts.size < given.length) return null
  const read = given.flatMap(({ about, answer }) => {
    const counted = cells.includes(about) ? readAnswer(questions, answer) : null
    return counted ? [{ cell: about, answer, counted }] : []
  })
  return read.length === given.length ? read : null
}

function ofOneCell([cell]: readonly number[], { answer }: SentContent) {
  return cell !== undefined && answer !== undefined ? [{ about: cell, answer }] : []
}
