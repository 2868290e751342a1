import type { MatchExample } from '@ustaz/core/plugin'
import { beforeAll, describe, expect, test } from 'vitest'
import { chooseBackend, loadBackend } from '../../network/backend.ts'
import type { Backend } from '../../network/backend.ts'
import { seeded } from '../../network/random.ts'
import { probabilityOf } from './judge.ts'
import { learnMatching } from './learn-matching.ts'
import type { LearnedMatching } from './learn-matching.ts'
import type { Judged } from './measure.ts'
import { binsOf, figuresOf } from './measure.ts'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

/**
 * Questions with two candidates that the rule holds for alike: the right one mostly worked with the asker before, which is not known of
 * every fifth question; of every fourth question neither is right.
 */
function someQuestions(count: number, seed = 5): MatchExample[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, index) => {
    const right = index % 4 === 3 ? -1 : Math.floor(random() * 2)
    const isKnown = index % 5 !== 4
    const candidates = [0, 1].map((place) => {
      const together = random() < (place === right ? 0.85 : 0.1) ? 1 : 0
      return { features: [0.5, isKnown ? together : null], right: place === right }
    })
    return { key: String(index), candidates }
  })
}
const learnedOf = (examples: readonly MatchExample[], by = backend): LearnedMatching => {
  const outcome = learnMatching(by, examples, { seed: 1 })
  if (outcome.refused !== null) throw new Error(outcome.refused)
  return outcome.learned
}

describe('what is learned of candidates', () => {
  test('tells the right one where the rule cannot, and how likely it is', () => {
    const { card, threshold } = learnedOf(someQuestions(1500))
    expect(card.questions).toBe(1500)
    expect(card.heldOut).toBeGreaterThan(600)
    expect(card.top).toBeGreaterThan(card.ruleTop! + 0.2)
    expect(card.accuracy).toBeGreaterThan(card.rule + 0.2)
    expect(card.accuracy).toBeGreaterThan(card.mostFrequent)
    expect(card.rightIfSuggested).toBeGreaterThan(0.75)
    expect(threshold).toBeGreaterThanOrEqual(0.5)
    expect(card.gap).toBeLessThan(0.05)
  })

  test('takes what is not known for something else than 0', () => {
    const learned = learnedOf(someQuestions(1500))
    const [never, unknown, together] = [0, null, 1].map((value) => probabilityOf(learned, [0.5, value]))
    expect(never).toBeLessThan(unknown!)
    expect(unknown).toBeLessThan(together!)
  })

  test('is the same for the same seed, and by plain JavaScript as by the faster backend', async () => {
    const examples = someQuestions(1000)
    const [one, two] = [learnedOf(examples), learnedOf(examples)]
    expect(one.weights).toEqual(two.weights)
    const other = learnedOf(examples, await chooseBackend('cpu'))
    await chooseBackend('wasm')
    for (const value of [0, null, 1])
      expect(probabilityOf(other, [0.5, value])).toBeCloseTo(probabilityOf(one, [0.5, value]), 3)
    expect(other.card.accuracy).toBeCloseTo(one.card.accuracy, 3)
  })

  test('is refused where too little was decided, or all of it the same way', () => {
    expect(learnMatching(backend, someQuestions(59), { seed: 1 })).toEqual({ refused: 'few', card: null })
    const onlyRight = someQuestions(200).map(({ key, candidates }) => ({
      key,
      candidates: candidates.map((one) => ({ ...one, right: true })).slice(0, 1),
    }))
    expect(learnMatching(backend, onlyRight, { seed: 1 }).refused).toBe('few')
    const empty = someQuestions(200).map(({ key }) => ({ key, candidates: [] }))
    expect(learnMatching(backend, empty, { seed: 1 }).refused).toBe('few')
  })

  test('gives way to the rule where nothing tells more, and says how it did', () => {
    const random = seeded(8)
    const noise = someQuestions(400).map(({ key, candidates }) => ({
      key,
      candidates: candidates.map(({ right }) => ({ features: [0.5, random()], right })),
    }))
    const outcome = learnMatching(backend, noise, { seed: 1 })
    expect(outcome.refused).toBe('no-better')
    expect(outcome.refused === 'no-better' && outcome.card.heldOut).toBeGreaterThan(100)
  })
})

describe('figures', () => {
  const judged = (probabilities: number[], right: number, rules: number[]): Judged => ({
    key: 'x',
    probabilities,
    candidates: rules.map((rule, place) => ({ features: [rule], right: place === right })),
  })
  const three = [
    judged([0.2, 0.8], 1, [0.9, 0.1]),
    judged([0.6], -1, [0.4]),
    judged([0.4, 0.3], 0, [0.7, 0.2]),
  ]

  test('count an answer as right where the likeliest is, or where none is and none was held for likely', () => {
    // By hand: the first is right (0.8, place 1); the second says somebody and it was nobody; the third says nobody and it was the first.
    // The rule: wrong, right (0.4 says nobody), right. Always the first: wrong, wrong, right; always none: one of three.
    const found = figuresOf(three)
    expect(found.accuracy).toBeCloseTo(1 / 3, 9)
    expect(found.rule).toBeCloseTo(2 / 3, 9)
    expect(found.mostFrequent).toBeCloseTo(1 / 3, 9)
    // Of the two that have a right one: both are the likeliest; by the rule one; the first one.
    expect([found.top, found.ruleTop, found.firstTop]).toEqual([1, 0.5, 0.5])
  })

  test('measure probabilities: (0.04 + 0.04 + 0.36 + 0.36 + 0.09) / 5, and their distance in tenths', () => {
    const found = figuresOf(three)
    expect(found.brier).toBeCloseTo(0.178, 9)
    // Each tenth has one: 0.2 0, 0.8 1, 0.6 0, 0.4 1, 0.3 0: (0.2 + 0.2 + 0.6 + 0.6 + 0.3) / 5.
    expect(found.gap).toBeCloseTo(0.38, 9)
    expect(binsOf(three)).toHaveLength(5)
    expect(binsOf(three)[0]).toEqual({ count: 1, said: 0.2, right: 0 })
  })
})
