import { lastYear } from '../academic-years.ts'
import type { EvidenceState } from '../../core/contract/resources/evidence.ts'
import type { Random } from '../random.ts'
import { phrase } from '../words/phrases.ts'
import type { Language } from '../words/read-words.ts'

export interface Decision {
  state: EvidenceState
  reason: string | null
}

const settled: readonly EvidenceState[] = ['approved', 'rejected']
const settledWeights = [97, 3]
const open: readonly EvidenceState[] = ['approved', 'submitted', 'draft', 'returned', 'rejected']
const openWeights = [82, 7, 5, 4, 2]
/** Of a year that goes on half waits or is not finished. */
const currentWeights = [52, 24, 14, 7, 3]

/** What became of an entry: of the years before the last rated one all are decided, of that one most, of those after it half. */
export function drawDecision(random: Random, year: number, language: Language): Decision {
  const state = drawState(random, year)
  if (state === 'returned') return { state, reason: phrase(random, 'return-reason', language) }
  if (state === 'rejected') return { state, reason: phrase(random, 'reject-reason', language) }
  return { state, reason: null }
}

function drawState(random: Random, year: number): EvidenceState {
  if (year < lastYear) return settled[random.weighted(settledWeights)]!
  return open[random.weighted(year === lastYear ? openWeights : currentWeights)]!
}
