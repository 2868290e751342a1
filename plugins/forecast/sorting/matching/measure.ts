import type { MatchExample } from '@ustaz/core/plugin'

/** A question with the probability of each candidate, by what was learned of other questions. */
export type Judged = MatchExample & { probabilities: number[] }

export interface Figures {
  /** How often the answer is right: the likeliest candidate where it has a half or more, else none of them. */
  accuracy: number
  /** The same of the rule. */
  rule: number
  /** The same of always the first candidate, or always none: what is right more often. */
  mostFrequent: number
  /** Of the questions with a right candidate, how often it is the likeliest one; null: there are none. */
  top: number | null
  ruleTop: number | null
  firstTop: number | null
  /** Mean squared distance of probabilities from what was (Brier 1950), over all candidates. */
  brier: number
  /** Mean distance, over all candidates, of the probabilities in each tenth from the share that was right (expected calibration error, Naeini et al. 2015). */
  gap: number
}
/** Candidates with probabilities in one tenth: their mean, and the share that was right. */
export interface Bin {
  count: number
  said: number
  right: number
}

const half = 0.5

export function figuresOf(judged: readonly Judged[]): Figures {
  const ofRule = judged.map((question) => ({
    ...question,
    probabilities: question.candidates.map(({ features }) => features[0] ?? 0),
  }))
  const first = judged.map((question) => ({
    ...question,
    probabilities: question.candidates.map((_, place) => (place === 0 ? 1 : 0)),
  }))
  const none = judged.filter(({ candidates }) => !candidates.some(({ right }) => right)).length
  const bins = binsOf(judged)
  const pairs = judged.flatMap(({ candidates, probabilities }) =>
    candidates.map(({ right }, place) => (probabilities[place]! - Number(right)) ** 2),
  )
  return {
    accuracy: answeredRight(judged),
    rule: answeredRight(ofRule),
    mostFrequent: Math.max(answeredRight(first), none / judged.length),
    top: rankedRight(judged),
    ruleTop: rankedRight(ofRule),
    firstTop: rankedRight(first),
    brier: mean(pairs),
    gap: bins.reduce((sum, { count, said, right }) => sum + count * Math.abs(said - right), 0) / pairs.length,
  }
}

/** Tenths that hold no candidate are left out. */
export function binsOf(judged: readonly Judged[]): Bin[] {
  const pairs = judged.flatMap(({ candidates, probabilities }) =>
    candidates.map(({ right }, place) => ({ said: probabilities[place]!, right: Number(right) })),
  )
  const tenths = Map.groupBy(pairs, ({ said }) => Math.min(9, Math.floor(said * 10)))
  return [...tenths]
    .sort(([a], [b]) => a - b)
    .map(([, own]) => ({
      count: own.length,
      said: mean(own.map(({ said }) => said)),
      right: mean(own.map(({ right }) => right)),
    }))
}

function answeredRight(judged: readonly Judged[]): number {
  const hits = judged.filter(({ candidates, probabilities }) => {
    const highest = Math.max(...probabilities)
    const isAny = candidates.some(({ right }) => right)
    return highest >= half ? candidates[probabilities.indexOf(highest)]!.right : !isAny
  })
  return hits.length / judged.length
}

function rankedRight(judged: readonly Judged[]): number | null {
  const asked = judged.filter(({ candidates }) => candidates.some(({ right }) => right))
  const hits = asked.filter(
    ({ candidates, probabilities }) => candidates[probabilities.indexOf(Math.max(...probabilities))]!.right,
  )
  return asked.length === 0 ? null : hits.length / asked.length
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
