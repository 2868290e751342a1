import type { LocalizedText } from '../../core/contract/text.ts'
import type { Random } from '../random.ts'
import type { Field } from './fields.ts'
import { readWords } from './read-words.ts'
import type { Language } from './read-words.ts'

const phrases = readWords('phrases.csv', ['what'])

/** All phrases of a sort: organisations, events, contexts of titles; every name among them is invented. */
export function phrasesOf(what: string): readonly LocalizedText[] {
  const found = phrases.get(what)
  if (!found) throw new Error(`data/phrases.csv has no "${what}"`)
  return found
}

export function phrase(random: Random, what: string, language: Language): string {
  return random.pick(phrasesOf(what))[language]
}

/** A title of a work that nobody wrote: an aspect of a topic of the field, half the time with a context. */
export function inventTitle(random: Random, field: Field, language: Language): string {
  const topic = random.pick(field.topics)[language]
  const aspect = phrase(random, 'aspect', language)
  const context = random.chance(0.6) ? phrase(random, 'context', language) : ''
  const title = language === 'kk' ? `${topic} ${aspect}` : `${aspect} ${topic}`
  return capitalise(title) + context
}

function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase('kk') + text.slice(1)
}
