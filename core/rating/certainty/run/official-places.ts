import type { RegulationDocument } from '../../../contract/regulation/document.ts'
import { rowsByGroup } from '../../composite/groups.ts'
import type { Certainty } from '../assess.ts'
import type { RunNumbers } from '../read-run.ts'

type Ranks = Pick<Certainty, 'lower' | 'upper' | 'median'>

/**
 * Ranks as official places. Where places are dense (1 2 2 3) a rank of 4 is the place of the fourth: 3. Under any rule an interval is drawn out to
 * the official place, which tie-breakers or requirements may have put outside. Who does not meet a requirement stands on no place above its limit.
 */
export function inOfficialPlaces(
  { input, official, notAbove }: Pick<RunNumbers, 'input' | 'official' | 'notAbove'>,
  ranks: Ranks,
  { ranking }: Pick<RegulationDocument, 'ranking'>,
): Ranks {
  const found = { lower: ranks.lower.slice(), upper: ranks.upper.slice(), median: ranks.median.slice() }
  for (const rows of rowsByGroup(input.ranked)) {
    const places = rows.map((row) => official.places[row]!).sort()
    const placeOf = (rank: number) => (ranking.ties === 'dense' && rank > 0 ? places[rank - 1]! : rank)
    for (const row of rows) {
      if (ranks.lower[row] === 0) continue
      const place = official.places[row]!
      const allowed = (rank: number) => Math.max(notAbove[row]!, placeOf(rank))
      found.lower[row] = Math.min(place, allowed(ranks.lower[row]!))
      found.upper[row] = Math.max(place, allowed(ranks.upper[row]!))
      found.median[row] = allowed(ranks.median[row]!)
    }
  }
  return found
}
