import type { Words } from './words.ts'

interface Asked {
  id: string
  text: Words
}
export type Question = Asked &
  (
    | { kind: 'scale'; steps: number; low: Words; high: Words; weight: number }
    | { kind: 'choice' | 'choices'; options: Asked[] }
    | { kind: 'text' }
  )

/** A survey as the server tells it. */
export interface Survey {
  state: 'open' | 'used' | 'early' | 'over'
  title: Words
  /** Answers about several teachers are kept together, on this ground; null: they are not. */
  linked: { ground: Words } | null
  about: { id: number; teacher: string; course: string; group: string }[]
  closesAt: string
  threshold: number
  questions: Question[]
}
export type Answer = Record<string, number | string | string[]>
/** By the number of what the answer is about. */
export type Answers = Record<number, Answer>

/** What is sent: an answer about the one teacher of the link, or all that is answered about its teachers. */
export type Content = { answer: Answer } | { answers: { about: number; answer: Answer }[] }

/** An answer on its way; with each try the same. */
export type Sending = Content & {
  token: string
  answerId: string
}

/** received and the refusals are final; `later`: nobody knows, and the same may be sent again. */
export type Outcome = 'received' | 'used' | 'over' | 'unknown' | 'invalid' | 'later'

const final: Readonly<Record<number, Outcome>> = {
  200: 'received',
  400: 'invalid',
  404: 'unknown',
  409: 'used',
  410: 'over',
}

async function post(path: string, body: unknown): Promise<Response> {
  return await fetch(`/api/plugins/surveys/${path}`, {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json', 'x-ustaz-request': '1' },
    body: JSON.stringify(body),
  })
}

/** null: there is no such link. Throws where the server cannot be reached. */
export async function fetchSurvey(token: string): Promise<Survey | null> {
  const response = await post('open', { token })
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`status ${response.status}`)
  return (await response.json()) as Survey
}

export async function sendAnswer(sending: Sending): Promise<Outcome> {
  const response = await post('answers', sending).catch(() => null)
  return (response && final[response.status]) ?? 'later'
}
