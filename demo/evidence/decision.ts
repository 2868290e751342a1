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

/** What became of an entry: of the last year some are still under way, of the years before all are decided. */
export function drawDecision(random: Random, year: number, language: Language): Decision {
  const state =
    year === lastYear ? open[random.weighted(openWeights)]! : settled[random.weighted(settledWeights)]!
  if (state === 'returned') return { state, reason: phrase(random, 'return-reason', language) }
  if (state === 'rejected') return { state, reason: phrase(random, 'reject-reason', language) }
  return { state, reason: null }
}
