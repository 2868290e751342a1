import type { MatchExample } from '@ustaz/core/plugin'
import type { Backend, BackendName } from '../../network/backend.ts'
import { confidences, fitTemperature } from '../confidence.ts'
import { thresholdOf } from '../learn-task.ts'
import type { Guess } from '../learn-task.ts'
import { learnWeights, scoresOf } from '../softmax-regression.ts'
import type { LinearWeights } from '../softmax-regression.ts'
import { hashOf } from '../words.ts'
import { inputCount, inputsOf } from './inputs.ts'
import { binsOf, figuresOf } from './measure.ts'
import type { Bin, Figures, Judged } from './measure.ts'

/** How it did on questions that it had not learned from. Shares are 0..1. */
export interface MatchingCard extends Figures {
  questions: number
  /** Questions that measure; as many again set temperature and threshold. */
  heldOut: number
  /** Of the held-out questions the share for which something was likely enough to be suggested, and the share of these that was right. */
  suggested: number
  rightIfSuggested: number | null
  bins: Bin[]
  backend: BackendName
  seed: number
  seconds: number
}
/** `weights` are [inputs][2]: against a candidate, and for it. */
export interface LearnedMatching extends LinearWeights {
  temperature: number
  /** From which probability on a candidate is suggested. */
  threshold: number
  card: MatchingCard
}
export type MatchingOutcome =
  | { refused: null; learned: LearnedMatching }
  /** few: too little was decided; no-better: on held-out questions the rule was right as often, or nothing was sure enough. */
  | { refused: 'few'; card: null }
  | { refused: 'no-better'; card: MatchingCard }

const leastQuestions = 60
/** Candidates that were right, and that were wrong. */
const leastOfEach = 20
const folds = 5
/** As many steps whatever there is: few examples are gone through more often. */
const examplesSeen = 80_000

/**
 * Learns by logistic regression in TensorFlow.js which candidate is right. Each fifth of the questions is judged by what was learned of the
 * others, so that few are enough to tell how good it is: half of these judgements set temperature and threshold, the other half measure. What
 * is kept was then learned from all.
 */
export function learnMatching(
  backend: Backend,
  given: readonly MatchExample[],
  { seed }: { seed: number },
): MatchingOutcome {
  const started = performance.now()
  const questions = given.filter(({ candidates }) => candidates.length > 0)
  const pairs = questions.flatMap(({ candidates }) => candidates)
  const right = pairs.filter((pair) => pair.right).length
  if (questions.length < leastQuestions || Math.min(right, pairs.length - right) < leastOfEach)
    return { refused: 'few', card: null }
  const scored = scoreByOthers(backend, questions, seed)
  const [setting, measured] = [0, 1].map((half) => scored.filter(({ key }) => hashOf(`half ${key}`) % 2 === half)) // prettier-ignore
  const temperature = fitTemperature(
    setting!.flatMap(({ scores }) => scores),
    setting!.flatMap(({ candidates }) => candidates.map((one) => Number(one.right))),
  )
  const judge = (some: readonly Scored[]) => some.map((question) => judgedOf(question, temperature))
  const threshold = thresholdOf(judge(setting!).map(guessOf))
  const judged = judge(measured!)
  const sure =
    threshold === null ? [] : judged.map(guessOf).filter(({ confidence }) => confidence >= threshold)
  const figures = figuresOf(judged)
  const card: MatchingCard = {
    ...figures,
    questions: questions.length,
    heldOut: judged.length,
    suggested: sure.length / judged.length,
    rightIfSuggested: sure.length === 0 ? null : sure.filter((guess) => guess.right).length / sure.length,
    bins: binsOf(judged),
    backend: backend.name,
    seed,
    seconds: 0,
  }
  const isOffered = threshold !== null && figures.accuracy >= figures.rule
  const learned = isOffered ? learnFrom(backend, questions, seed) : null
  card.seconds = (performance.now() - started) / 1000
  return learned && threshold !== null
    ? { refused: null, learned: { ...learned, temperature, threshold, card } }
    : { refused: 'no-better', card }
}

type Scored = MatchExample & { scores: Float32Array[] }

function scoreByOthers(backend: Backend, questions: readonly MatchExample[], seed: number): Scored[] {
  const foldOf = ({ key }: MatchExample) => hashOf(`fold ${key}`) % folds
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const learned = learnFrom(
      backend,
      questions.filter((question) => foldOf(question) !== fold),
      seed,
    )
    return questions
      .filter((question) => foldOf(question) === fold)
      .map((question) => ({
        ...question,
        scores: scoresOf(
          backend.tf,
          question.candidates.map(({ features }) => inputsOf(features)),
          learned,
        ),
      }))
  })
}

function learnFrom({ tf }: Backend, questions: readonly MatchExample[], seed: number): LinearWeights {
  const pairs = questions.flatMap(({ candidates }) => candidates)
  const shape = { features: inputCount(pairs[0]!.features.length), classes: 2 }
  const epochs = Math.min(200, Math.max(6, Math.round(examplesSeen / pairs.length)))
  const vectors = pairs.map(({ features }) => inputsOf(features))
  const labels = pairs.map(({ right }) => Number(right))
  return learnWeights(tf, vectors, labels, shape, { seed, epochs })
}

const judgedOf = ({ scores, ...question }: Scored, temperature: number): Judged => ({
  ...question,
  probabilities: scores.map((one) => confidences(one, temperature)[1]!),
})

/** The likeliest candidate; of several the first. */
function guessOf({ probabilities, candidates }: Judged): Guess {
  const confidence = Math.max(...probabilities)
  return { confidence, right: candidates[probabilities.indexOf(confidence)]!.right }
}
