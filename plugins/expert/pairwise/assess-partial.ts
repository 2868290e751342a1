import type { Assessment } from './assess.ts'
import { assess } from './assess.ts'
import type { PartialPairwise, RandomIndex, Triad } from './consistency.ts'
import { worstTriad } from './consistency.ts'
import type { Pairwise } from './eigenvector.ts'
import { findMendings } from './mend.ts'
import type { Mending } from './mend.ts'

/** What can be said of judgements while they are being given. Places are those of the whole matrix. */
export interface PartialAssessment {
  /** Pairs judged, of so many. */
  judged: number
  pairs: number
  /** Areas that are all compared with each other: what `assessment` is about, its weights in this order. */
  places: number[]
  /** null: fewer than two areas are compared. */
  assessment: Assessment | null
  /** Among all that are judged; null: no three areas are all compared. */
  worstTriad: Triad | null
  /** For the worst triad, best first. */
  mendings: Mending[]
}

/**
 * Assesses judgements of which some may be missing. A ratio needs every pair, so it is that of the areas which are all compared
 * with each other, taken in their order; who compares area by area sees it grow to the whole.
 */
export function assessPartial(matrix: PartialPairwise, set: RandomIndex): PartialAssessment {
  const places = comparedTogether(matrix)
  const triad = worstTriad(matrix)
  const upper = matrix.flatMap((row, i) => row.slice(i + 1))
  return {
    judged: upper.filter((value) => value !== null).length,
    pairs: upper.length,
    places,
    assessment: places.length < 2 ? null : assess(part(matrix, places)),
    worstTriad: triad,
    mendings: triad === null ? [] : mendingsWithin(matrix, places, triad, set),
  }
}

function comparedTogether(matrix: PartialPairwise): number[] {
  const taken: number[] = []
  for (const place of matrix.keys())
    if (taken.every((other) => matrix[place]![other] != null)) taken.push(place)
  return taken
}

function part(matrix: PartialPairwise, places: readonly number[]): Pairwise {
  return places.map((i) => places.map((j) => matrix[i]![j]!))
}

/** Mended within the areas that are compared with each other, or, where the triad reaches beyond them, within itself. */
function mendingsWithin(
  matrix: PartialPairwise,
  places: readonly number[],
  triad: Triad,
  set: RandomIndex,
): Mending[] {
  const within = triad.places.every((place) => places.includes(place)) ? places : triad.places
  const [i, j, k] = triad.places
  const local: Triad = { ...triad, places: [within.indexOf(i), within.indexOf(j), within.indexOf(k)] }
  return findMendings(part(matrix, within), local, set).map((mending) => ({
    ...mending,
    places: [within[mending.places[0]]!, within[mending.places[1]]!],
  }))
}
