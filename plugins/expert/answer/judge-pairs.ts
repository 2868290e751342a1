import { assessPartial } from '../pairwise/assess-partial.ts'
import type { PartialPairwise, RandomIndex } from '../pairwise/consistency.ts'
import { toPartialMatrix } from '../pairwise/judgements.ts'
import type { Pair, PairsAnswer } from './answer.ts'

export interface PairsRules {
  randomIndex: RandomIndex
  /** Greatest consistency ratio that is accepted, inclusive. */
  limit: number
}

/** What can be said of an expert's pairs at any moment; areas by id. */
export interface JudgedPairs {
  method: 'ahp'
  given: number
  needed: number
  complete: boolean
  /** The areas compared with each other so far: those that `ratio` and `weights` are about. */
  about: string[]
  /** Consistency ratio; null: fewer than three areas are compared with each other. */
  ratio: number | null
  limit: number
  /** null: there is no ratio yet. */
  acceptable: boolean | null
  /** Total 1; null: fewer than two areas are compared. */
  weights: Record<string, number> | null
  /** The three pairs that contradict each other most; the third follows from the first two. null: none do. */
  contradiction: { judged: [Pair, Pair, Pair]; follows: Pair } | null
  /** Answers that would better the ratio, best first, with the ratio each would leave. */
  mendings: { pair: Pair; ratio: number }[]
}

/** Smaller contradictions are rounding. */
const least = 1e-9

/** Throws as toPartialMatrix: `expert.areas-unknown`, `expert.pairs-twice`. */
export function judgePairs(
  areas: readonly string[],
  answer: PairsAnswer,
  rules: PairsRules,
  expert = '',
): JudgedPairs {
  const matrix = toPartialMatrix(expert, areas, answer.judgements)
  const found = assessPartial(matrix, rules.randomIndex)
  const about = found.places.map((place) => areas[place]!)
  const ratio = about.length < 3 ? null : found.assessment!.consistencyRatio[rules.randomIndex]
  const triad = found.worstTriad
  return {
    method: 'ahp',
    given: found.judged,
    needed: found.pairs,
    complete: found.judged === found.pairs,
    about,
    ratio,
    limit: rules.limit,
    acceptable: ratio === null ? null : ratio <= rules.limit,
    weights: found.assessment && byId(about, found.assessment.weights),
    contradiction: triad && triad.inconsistency > least ? contradictionOf(areas, matrix, triad.places) : null,
    mendings: found.mendings.map(({ places: [i, j], to, ratio: left }) => ({
      pair: pairOf(areas[i]!, areas[j]!, to),
      ratio: left,
    })),
  }
}

const byId = (ids: readonly string[], values: readonly number[]): Record<string, number> =>
  Object.fromEntries(ids.map((id, index) => [id, values[index]!]))

function contradictionOf(
  areas: readonly string[],
  matrix: PartialPairwise,
  [i, j, k]: [number, number, number],
): JudgedPairs['contradiction'] {
  const judged = (a: number, b: number) => pairOf(areas[a]!, areas[b]!, matrix[a]![b]!)
  return {
    judged: [judged(i, j), judged(j, k), judged(i, k)],
    follows: pairOf(areas[i]!, areas[k]!, matrix[i]![j]! * matrix[j]![k]!),
  }
}

/** The more important one first, so that `times` is 1 or more. */
function pairOf(area: string, over: string, times: number): Pair {
  return times < 1 - least
    ? { area: over, over: area, times: tidy(1 / times) }
    : { area, over, times: tidy(times) }
}

/** 1 / (1 / 3) is 3. */
const tidy = (times: number): number =>
  Math.abs(times - Math.round(times)) < least ? Math.round(times) : times
