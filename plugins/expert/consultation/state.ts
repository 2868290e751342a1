import type { Question } from '../contract.ts'
import type { ConsultationTable } from '../tables.ts'
import type { Selectable } from 'kysely'

type Times = Pick<Selectable<ConsultationTable>, 'opens_at' | 'closes_at' | 'closed_at'>

/** Answers are taken from opens_at on (inclusive) until closes_at (exclusive), or until it was closed. */
export function stateOf({ opens_at, closes_at, closed_at }: Times, now: Date): Question['state'] {
  if (closed_at !== null || now >= closes_at) return 'closed'
  return now < opens_at ? 'planned' : 'open'
}
