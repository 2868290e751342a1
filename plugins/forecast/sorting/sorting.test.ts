import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadBackend } from '../network/backend.ts'
import type { Backend } from '../network/backend.ts'
import { seeded } from '../network/random.ts'
import { confidences, fitTemperature, lowerShare } from './confidence.ts'
import { fieldsOf, textOf } from './entry-text.ts'
import { learnTask } from './learn-task.ts'
import type { Labelled } from './learn-task.ts'
import { confidenceOf, guess, suggest } from './suggest.ts'
import { isUnusual, usualOf } from './unusual.ts'
import { readText } from './words.ts'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const phrases = {
  conference: ['материалы конференции', 'proceedings of the conference', 'конференция жинағы'],
  textbook: ['учебное пособие', 'a textbook for students', 'оқу құралы'],
  patent: ['патент на полезную модель', 'utility model patent', 'пайдалы модельге патент'],
}
const subjects = ['physics', 'право', 'тарих', 'chemistry', 'экономика', 'тілдер', 'networks', 'биология']

/** Texts that say what they are in three of four cases, each with a subject that says nothing. */
function someTexts(count: number, seed = 3): Labelled[] {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
  return Array.from({ length: count }, (_, index) => {
    const label = pick(Object.keys(phrases)) as keyof typeof phrases
    const says = random() < 0.75 ? pick(phrases[label]) : ''
    return { key: String(index), text: `${pick(subjects)} ${says} ${pick(subjects)}`, label }
  })
}
const options = { seed: 1, epochs: 12 }

describe('what is learned', () => {
  test('is right on held-out texts far more often than the most frequent class, and what it is sure of nearly always', () => {
    const { card, threshold } = learnTask(backend, someTexts(900), options)!
    expect(card.accuracy).toBeGreaterThan(card.mostFrequent + 0.25)
    expect(threshold).not.toBeNull()
    expect(card.suggested).toBeGreaterThan(0.5)
    expect(card.rightIfSuggested).toBeGreaterThan(0.85)
    expect(card.heldOut).toBeGreaterThan(60)
  })

  test('names the words that spoke for it, with how many approved entries have them', () => {
    const texts = someTexts(900)
    const learned = learnTask(backend, texts, options)!
    const found = suggest(learned, 'Патент на полезную модель: тарих')!
    expect(found.value).toBe('patent')
    expect(found.confidence).toBeGreaterThan(0.8)
    const having = texts.filter(({ text }) => readText(text).words.includes('модель'))
    expect(found.reasons.map(({ word }) => word)).toContain('модель')
    expect(found.reasons.find(({ word }) => word === 'модель')).toEqual({
      word: 'модель',
      entries: having.length,
      ofClass: having.filter(({ label }) => label === 'patent').length,
    })
    expect(confidenceOf(learned, 'Патент на полезную модель: тарих', 'textbook')).toBeLessThan(0.1)
  })

  test('says nothing of words that were never seen', () => {
    const learned = learnTask(backend, someTexts(300), options)!
    expect(guess(learned, 'zyxw vuts')).toBeNull()
    expect(suggest(learned, '')).toBeNull()
    expect(confidenceOf(learned, 'zyxw', 'patent')).toBeNull()
  })

  test('is never offered where texts tell nothing of the label', () => {
    const random = seeded(9)
    const texts = someTexts(600).map((one) => ({ ...one, label: random() < 0.7 ? 'often' : 'rarely' }))
    const learned = learnTask(backend, texts, options)!
    expect(learned.threshold).toBeNull()
    expect(suggest(learned, texts[0]!.text)).toBeNull()
  })

  test('is refused from few texts, and of labels that are rare', () => {
    expect(learnTask(backend, someTexts(50), options)).toBeNull()
    const one = someTexts(200).map((text) => ({ ...text, label: 'always' }))
    expect(learnTask(backend, one, options)).toBeNull()
    const rare = [...someTexts(200), ...someTexts(5, 8).map((text) => ({ ...text, label: 'rare' }))]
    expect(learnTask(backend, rare, options)!.classes).toEqual(['conference', 'patent', 'textbook'])
  })

  test('is offered from 60 texts on where they tell the label plainly, and what it is sure of is right', () => {
    const plain = someTexts(400, 12).filter(({ text, label }) =>
      phrases[label as keyof typeof phrases].some((phrase) => text.includes(phrase)),
    )
    const learned = learnTask(backend, plain.slice(0, 64), options)!
    expect(learned.card.records).toBe(64)
    expect(learned.card.heldOut).toBeGreaterThan(20)
    expect(learned.threshold).not.toBeNull()
    const later = plain.slice(64).flatMap(({ text, label }) => {
      const found = suggest(learned, text)
      return found ? [found.value === label] : []
    })
    expect(later.length).toBeGreaterThan(100)
    expect(later.filter(Boolean).length / later.length).toBeGreaterThan(0.9)
  })

  test('is the same for the same seed', () => {
    const [one, two] = [1, 2].map(() => learnTask(backend, someTexts(200), options)!)
    expect(one!.weights).toEqual(two!.weights)
    expect(one!.card.accuracy).toBe(two!.card.accuracy)
  })
})

describe('confidence', () => {
  test('sums to 1 and keeps the order, whatever the temperature', () => {
    const scores = fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(scores, fc.double({ min: 0.1, max: 9, noNaN: true }), (given, temperature) => {
        const said = confidences(given, temperature)
        expect(said.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
        given.forEach((a, i) => {
          given.forEach((b, j) => {
            if (a > b) expect(said[i]).toBeGreaterThanOrEqual(said[j]!)
          })
        })
      }),
    )
  })

  test('is lowered where scores were surer than right', () => {
    const random = seeded(4)
    const scores = Array.from({ length: 400 }, () => [6, 0])
    const labels = scores.map(() => (random() < 0.7 ? 0 : 1))
    const temperature = fitTemperature(scores, labels)
    expect(confidences(scores[0]!, temperature)[0]).toBeCloseTo(0.7, 1)
  })

  test('of a share is that of Wilson: 8 of 10 is at least 0.490', () => {
    // By hand: (0.8 + z²/20 - z √(0.8·0.2/10 + z²/400)) / (1 + z²/10) with z = 1.96.
    expect(lowerShare(8, 10)).toBeCloseTo(0.4902, 4)
  })
})

describe('unusual numbers', () => {
  const pages = Array.from({ length: 200 }, (_, index) => 80 + (index % 60))
  test('are those far beyond what nineteen of twenty have', () => {
    const usual = usualOf(pages)!
    expect(isUnusual(120, usual)).toBe(false)
    expect(isUnusual(140, usual)).toBe(false)
    expect(isUnusual(1200, usual)).toBe(true)
    expect(isUnusual(2, usual)).toBe(true)
  })
  test('where all are alike are those that differ', () => {
    const usual = usualOf(Array.from({ length: 40 }, () => 1))!
    expect(isUnusual(1, usual)).toBe(false)
    expect(isUnusual(2, usual)).toBe(true)
  })
  test('cannot be told from few, or where some are below 0', () => {
    expect(usualOf(pages.slice(0, 29))).toBeNull()
    expect(usualOf([...pages, -1])).toBeNull()
  })
  test('are never among what was learned from in the middle', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 30, maxLength: 80 }), (numbers) => {
        const usual = usualOf(numbers)!
        const sorted = [...numbers].sort((a, b) => a - b)
        expect(isUnusual(sorted[Math.floor(sorted.length / 2)]!, usual)).toBe(false)
      }),
    )
  })
})

describe('what a form asks', () => {
  const schema = {
    properties: {
      title: { type: 'string' },
      type: { enum: ['a', 'b'] },
      level: { anyOf: [{ enum: ['x'], type: 'string' }, { type: 'null' }] },
      language: { anyOf: [{ type: 'string' }, { type: 'null' }], code: true },
      pages: { type: 'integer' },
      students: { type: 'array', items: { type: 'string' } },
      day: { type: 'string', format: 'date' },
      doi: { type: 'string', hidden: true },
    },
  }
  test('is sorted into words, choices and numbers', () => {
    expect(fieldsOf(schema)).toEqual({
      texts: ['title', 'students'],
      choices: ['type', 'level', 'language'],
      numbers: ['pages'],
    })
  })
  test('gives the words of an entry', () => {
    const data = { title: 'One', students: ['Two', 'Three'], type: 'a', pages: 3, doi: '10.1/x' }
    expect(textOf(data, fieldsOf(schema))).toBe('One\nTwo\nThree')
    expect(readText(textOf(data, fieldsOf(schema))).words).toEqual(['one', 'two', 'three'])
  })
})
