import type { Answers, Survey } from './server.ts'

/** What the phone keeps of a survey until its answer is sent: the questions, to be read without network, and what is filled in. */
export interface Draft {
  survey: Survey
  answers: Answers
  /** Where one is among the teachers (walk.ts). */
  place: number
}

const keyOf = (token: string) => `draft/${token}`

export function readDraft(token: string): Draft | null {
  const text = localStorage.getItem(keyOf(token))
  return text === null ? null : (JSON.parse(text) as Draft)
}

export function keepDraft(token: string, draft: Draft): void {
  localStorage.setItem(keyOf(token), JSON.stringify(draft))
}

/** Phones are lent: nothing of an answer stays. */
export function forgetDraft(token: string): void {
  localStorage.removeItem(keyOf(token))
}
