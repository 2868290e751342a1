import type { Backend, BackendName } from '../network/backend.ts'
import { best, confidences, fitTemperature, lowerShare } from './confidence.ts'
import { learnWeights, scoresOf } from './softmax-regression.ts'
import type { LinearWeights } from './softmax-regression.ts'
import { rarityOf, vectorOf } from './vectors.ts'
import { featureCount, hashOf, readText, tokensOf } from './words.ts'

/** A text with what an approved entry says of it. `key`: decides what is held out, the same each time. */
export interface Labelled {
  key: string
  text: string
  label: string
}

/** How it did on texts that it had not learned from, with what is always said for comparison. Shares are 0..1. */
export interface TaskCard {
  /** Texts learned from in the end, held-out ones among them. */
  records: number
  /** Texts held out to measure; as many again set confidence and threshold. */
  heldOut: number
  accuracy: number
  /** How often the most frequent class would have been right on the same texts. */
  mostFrequent: number
  /** Of the held-out texts the share for which something was confident enough to be suggested, and the share of these that was right. */
  suggested: number
  rightIfSuggested: number | null
  backend: BackendName
  seed: number
  seconds: number
}
export interface LearnedTask extends LinearWeights {
  classes: string[]
  rarity: Float32Array
  temperature: number
  /** From which confidence on a class is suggested; null: never, it is no better than always the same. */
  threshold: number | null
  /** Words that came in three texts or more, by hash in rising order, with the texts of each class, [words][classes]. */
  words: { hashes: Uint32Array; counts: Uint32Array }
  card: TaskCard
}
export interface TaskOptions {
  seed: number
  epochs: number
}

export const usual = { seed: 1, epochs: 12 } as const
const leastOfClass = 8
const leastInAll = 60
/** Below this a tenth is too few to show that four of five are right (it takes 16 of 16). */
const fewTexts = 300
const folds = 5
const wantedRight = 0.8
const thresholds = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98]

/**
 * Learns which label a text has. A fifth of the texts is held out: half of it sets how confident a score is and from where on it is worth
 * suggesting, the other half measures; of fewer than 300 each fifth is held out in turn. What is kept was then learned from all. null: fewer than 60 texts, or than two labels
 * with eight texts each; rarer labels are never suggested.
 */
export function learnTask(
  backend: Backend,
  labelled: readonly Labelled[],
  options: TaskOptions,
): LearnedTask | null {
  const started = performance.now()
  const classes = frequentLabels(labelled)
  const all = labelled.filter(({ label }) => classes.includes(label))
  if (classes.length < 2 || all.length < leastInAll) return null
  const { tried, found, frequent } = all.length < fewTexts ? tryByOthers(backend, all, classes, options) : tryApart(backend, all, classes, options) // prettier-ignore
  if (tried.labels.length === 0 || found.labels.length === 0) return null
  const temperature = fitTemperature(tried.scores, tried.labels)
  const threshold = thresholdOf(guessesOf(tried, temperature))
  const guesses = guessesOf(found, temperature)
  const figures = measure(guesses, threshold, frequent)
  const isBetter = lowerShare(figures.hits, guesses.length) > figures.card.mostFrequent
  return {
    ...learnFrom(backend, all, classes, options),
    classes,
    temperature,
    threshold: isBetter ? threshold : null,
    words: countWords(all, classes),
    card: {
      ...figures.card,
      records: all.length,
      heldOut: guesses.length,
      backend: backend.name,
      seed: options.seed,
      seconds: (performance.now() - started) / 1000,
    },
  }
}

function frequentLabels(labelled: readonly Labelled[]): string[] {
  const counts = new Map<string, number>()
  for (const { label } of labelled) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count >= leastOfClass)
    .map(([label]) => label)
    .sort()
}

/** Scores of texts that were not learned from, with the places of their labels. */
interface Scored {
  scores: Float32Array[]
  labels: number[]
}
/** `tried` sets how confident a score is and from where on it is worth suggesting, `found` measures; `frequent`: how often the most frequent label is right there. */
interface Trial {
  tried: Scored
  found: Scored
  frequent: number
}

/** One in ten sets, one in ten measures, by what was learned of the rest. */
function tryApart(
  backend: Backend,
  all: readonly Labelled[],
  classes: readonly string[],
  options: TaskOptions,
): Trial {
  const parts = Object.groupBy(all, ({ key }) => partOf(key))
  const [known, setting, measured] = [parts.known ?? [], parts.setting ?? [], parts.measured ?? []]
  const learned = learnFrom(backend, known, classes, options)
  return {
    tried: score(backend, setting, classes, learned),
    found: score(backend, measured, classes, learned),
    frequent: frequentShare(known, measured),
  }
}

/** Each fifth is judged by what was learned of the others, so that few texts are enough to tell: half of them set, half of them measure. */
function tryByOthers(
  backend: Backend,
  all: readonly Labelled[],
  classes: readonly string[],
  options: TaskOptions,
): Trial {
  const halves = [0, 1].map((): Scored => ({ scores: [], labels: [] }))
  for (let fold = 0; fold < folds; fold++) {
    const isOwn = ({ key }: Labelled) => hashOf(`fold ${key}`) % folds === fold
    const rest = all.filter((one) => !isOwn(one))
    const learned = learnFrom(backend, rest, classes, options)
    halves.forEach((half, which) => {
      const own = all.filter((one) => isOwn(one) && hashOf(`half ${one.key}`) % 2 === which)
      const { scores, labels } = score(backend, own, classes, learned)
      half.scores.push(...scores)
      half.labels.push(...labels)
    })
  }
  const measured = all.filter(({ key }) => hashOf(`half ${key}`) % 2 === 1)
  return {
    tried: halves[0]!,
    found: halves[1]!,
    frequent: measured.length === 0 ? 0 : frequentShare(all, measured),
  }
}

function score(
  { tf }: Backend,
  texts: readonly Labelled[],
  classes: readonly string[],
  learned: LinearWeights & { rarity: Float32Array },
): Scored {
  return {
    scores: scoresOf(
      tf,
      texts.map(({ text }) => vectorOf(readText(text), learned.rarity)),
      learned,
    ),
    labels: texts.map(({ label }) => classes.indexOf(label)),
  }
}

/** One in ten sets, one in ten measures. */
function partOf(key: string): 'known' | 'setting' | 'measured' {
  const place = hashOf(`part ${key}`) % 10
  return place === 0 ? 'setting' : place === 1 ? 'measured' : 'known'
}

function learnFrom(
  { tf }: Backend,
  labelled: readonly Labelled[],
  classes: readonly string[],
  options: TaskOptions,
): LinearWeights & { rarity: Float32Array } {
  const texts = labelled.map(({ text }) => text)
  const rarity = rarityOf(texts)
  const vectors = texts.map((text) => vectorOf(readText(text), rarity))
  const labels = labelled.map(({ label }) => classes.indexOf(label))
  return {
    rarity,
    ...learnWeights(tf, vectors, labels, { features: featureCount, classes: classes.length }, options),
  }
}

/** The likeliest of what a question may be answered, and whether it was. */
export interface Guess {
  confidence: number
  right: boolean
}
function guessesOf({ scores, labels }: Scored, temperature: number): Guess[] {
  return scores.map((one, index) => {
    const said = confidences(one, temperature)
    const place = best(said)
    return { confidence: said[place]!, right: place === labels[index] }
  })
}

/** The lowest confidence from which on more than four of five are right, as far as so few can show it; null: there is none. */
export function thresholdOf(guesses: readonly Guess[]): number | null {
  return (
    thresholds.find((least) => {
      const sure = guesses.filter(({ confidence }) => confidence >= least)
      return (
        sure.length > 0 && lowerShare(sure.filter(({ right }) => right).length, sure.length) >= wantedRight
      )
    }) ?? null
  )
}

function measure(guesses: readonly Guess[], threshold: number | null, mostFrequent: number) {
  const hits = guesses.filter(({ right }) => right).length
  const sure = threshold === null ? [] : guesses.filter(({ confidence }) => confidence >= threshold)
  return {
    hits,
    card: {
      accuracy: hits / guesses.length,
      mostFrequent,
      suggested: sure.length / guesses.length,
      rightIfSuggested: sure.length === 0 ? null : sure.filter(({ right }) => right).length / sure.length,
    },
  }
}

/** How often the label that is most frequent in one list is right in another. */
function frequentShare(known: readonly Labelled[], measured: readonly Labelled[]): number {
  const counts = Map.groupBy(known, ({ label }) => label)
  const [frequent] = [...counts].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['']
  return measured.filter(({ label }) => label === frequent).length / measured.length
}

function countWords(labelled: readonly Labelled[], classes: readonly string[]): LearnedTask['words'] {
  const counts = new Map<number, Uint32Array>()
  for (const { text, label } of labelled)
    for (const hash of new Set(tokensOf(text).map(hashOf))) {
      const known = counts.get(hash) ?? new Uint32Array(classes.length)
      known[classes.indexOf(label)]!++
      counts.set(hash, known)
    }
  const sum = (values: Uint32Array) => values.reduce((total, value) => total + value, 0)
  const kept = [...counts].filter(([, ofClass]) => sum(ofClass) >= 3).sort(([a], [b]) => a - b)
  return {
    hashes: Uint32Array.from(kept, ([hash]) => hash),
    counts: Uint32Array.from(kept.flatMap(([, ofClass]) => [...ofClass])),
  }
}
