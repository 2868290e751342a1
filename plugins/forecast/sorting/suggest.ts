import { best, confidences } from './confidence.ts'
import type { LearnedTask } from './learn-task.ts'
import { vectorOf } from './vectors.ts'
import { hashOf, readText } from './words.ts'
import type { Reading } from './words.ts'

/** A word of the asker's own text that spoke for a class. */
export interface Reason {
  word: string
  /** Approved entries with the word, and how many of them are of the class. */
  entries: number
  ofClass: number
}
export interface Guess {
  value: string
  /** 0..1: of such guesses this share was right on what was held out. */
  confidence: number
  /** The words that spoke most for it, at most three. */
  reasons: Reason[]
}

const reasonsShown = 3
/** Shorter ones (prepositions, initials) are no reason that convinces anybody. */
const leastLetters = 3

/** What a text most likely is, however unlikely; null: it has no word that was ever seen. Plain arithmetic: needs no TensorFlow.js. */
export function guess(task: LearnedTask, text: string): Guess | null {
  const reading = readText(text)
  if (!reading.words.some((word) => placeOf(task, word) >= 0)) return null
  const said = confidencesOf(task, reading)
  const place = best(said)
  return { value: task.classes[place]!, confidence: said[place]!, reasons: reasonsOf(task, reading, place) }
}

/** The guess where it is worth showing, by the task's threshold and with a reason; null: nothing is. */
export function suggest(task: LearnedTask, text: string): Guess | null {
  if (task.threshold === null) return null
  const found = guess(task, text)
  return found && found.confidence >= task.threshold && found.reasons.length > 0 ? found : null
}

/** How confident the task is of one value; null: it never learned of it, or of none of the words. */
export function confidenceOf(task: LearnedTask, text: string, value: string): number | null {
  const reading = readText(text)
  const place = task.classes.indexOf(value)
  if (place < 0 || !reading.words.some((word) => placeOf(task, word) >= 0)) return null
  return confidencesOf(task, reading)[place]!
}

function confidencesOf(
  { classes, weights, biases, rarity, temperature }: LearnedTask,
  reading: Reading,
): number[] {
  const { indices, values } = vectorOf(reading, rarity)
  const scores = Float64Array.from(biases)
  indices.forEach((index, at) => {
    for (let place = 0; place < classes.length; place++)
      scores[place] = scores[place]! + values[at]! * weights[index * classes.length + place]!
  })
  return confidences(scores, temperature)
}

/** What each word adds to the score of the class over the mean of all classes; a feature of several words counts for each in part. */
function reasonsOf(task: LearnedTask, reading: Reading, place: number): Reason[] {
  const { classes, weights, rarity, words } = task
  const { indices, values } = vectorOf(reading, rarity)
  const spoken = new Float64Array(reading.words.length)
  indices.forEach((index, at) => {
    const row = weights.subarray(index * classes.length, (index + 1) * classes.length)
    const mean = row.reduce((sum, weight) => sum + weight, 0) / classes.length
    const bearers = reading.features.get(index)!.words
    for (const word of bearers)
      spoken[word] = spoken[word]! + (values[at]! * (row[place]! - mean)) / bearers.size
  })
  return reading.words
    .map((word, index) => ({ word, spoken: spoken[index]!, row: placeOf(task, word) }))
    .filter((one) => one.spoken > 0 && one.row >= 0 && one.word.length >= leastLetters)
    .sort((a, b) => b.spoken - a.spoken)
    .slice(0, reasonsShown)
    .map(({ word, row }) => {
      const counts = words.counts.subarray(row * classes.length, (row + 1) * classes.length)
      return { word, entries: counts.reduce((sum, count) => sum + count, 0), ofClass: counts[place]! }
    })
}

/** Place of a word among the known ones; -1: unknown. */
function placeOf({ words: { hashes } }: LearnedTask, word: string): number {
  const wanted = hashOf(word)
  let [low, high] = [0, hashes.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = hashes[middle]!
    if (found === wanted) return middle
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}
