import type { MatchFeatures } from '@ustaz/core/plugin'
import { isCyrillic, transliterate, transliterationSystems } from '../authors/transliterate.ts'
import { fold } from '../fold.ts'

/** A journal of the lists as far as it is told by its title. */
export interface JournalCandidate {
  /** As the lists write them. */
  titles: string[]
  /** NNNN-NNNC. */
  issns: string[]
  /** Of the lists that name it. */
  years: number[]
}
/** How a title agrees with that of a journal, best first; near: some of the letters. */
export type TitleAgreement = 'same' | 'transliterated' | 'abbreviated' | 'initials' | 'near'
export interface TitleComparison {
  how: TitleAgreement
  /** Pairs of letters in common, 0 to 1 (Dice 1945). */
  letters: number
  /** Words in common of those that either has, 0 to 1 (Jaccard 1912). */
  words: number
  /** Letters of the shorter by those of the longer. */
  length: number
}

export const titleFeatures = [
  'rule', 'transliterated', 'abbreviated', 'initials', 'letters', 'words', 'length', 'lead', 'listed', 'many',
] as const // prettier-ignore

/** What a typed title has in common with the nearest of a journal's titles. */
export function compareTitles(typed: string, titles: readonly string[]): TitleComparison {
  const compared = titles.map((title) => compareTitle(typed, title))
  return compared.reduce((best, one) => (rank(one) > rank(best) ? one : best))
}

/** Candidates of one question as numbers from 0 to 1, in the order of `titleFeatures`. `year`: of the work; null: not known. */
export function featuresOf(
  comparisons: readonly TitleComparison[],
  journals: readonly JournalCandidate[],
  year: number | null,
): MatchFeatures[] {
  return comparisons.map(({ how, letters, words, length }, place) => {
    const rivals = comparisons.filter((_, other) => other !== place).map((other) => other.letters)
    const same = comparisons.filter((other) => other.how === 'same').length
    return [
      ruleOf({ how, letters }),
      Number(how === 'transliterated'),
      Number(how === 'abbreviated'),
      Number(how === 'initials'),
      letters,
      words,
      length,
      (1 + letters - Math.max(0, ...rivals)) / 2,
      year === null ? null : Number(journals[place]!.years.some((listed) => Math.abs(listed - year) <= 2)),
      1 - 1 / Math.max(1, how === 'same' ? same : comparisons.length),
    ]
  })
}

/** The plain rule: a journal is meant that is called just so, apart from case, signs and script; all others are ordered only. */
export const ruleOf = ({ how, letters }: Pick<TitleComparison, 'how' | 'letters'>) =>
  how === 'same' ? 1 : how === 'transliterated' ? 0.9 : 0.49 * letters

const order: Record<TitleAgreement, number> = {
  same: 4,
  transliterated: 3,
  abbreviated: 2,
  initials: 1,
  near: 0,
}
const rank = ({ how, letters }: TitleComparison) => order[how] + letters

function compareTitle(typed: string, title: string): TitleComparison {
  const [a, b] = [keyOf(typed), keyOf(title)]
  const spelt = [a, ...latinForms(typed)].flatMap((one) => [b, ...latinForms(title)].map((other) => [one, other] as const)) // prettier-ignore
  const letters = Math.max(...spelt.map(([one, other]) => sharedPairs(one, other)))
  return {
    how: howOf(typed, title, spelt),
    letters,
    words: sharedWords(wordsOf(typed), wordsOf(title)),
    length: Math.min(a.length, b.length) / Math.max(1, a.length, b.length),
  }
}

function howOf(typed: string, title: string, spelt: readonly (readonly [string, string])[]): TitleAgreement {
  if (keyOf(typed) === keyOf(title)) return 'same'
  if (spelt.some(([one, other]) => one === other)) return 'transliterated'
  const [short, long] = [tellingWords(typed), tellingWords(title)]
  if (isAbbreviated(short, long)) return 'abbreviated'
  const first = long.map((word) => word[0]).join('')
  return first.length >= 3 && fold(typed) === first ? 'initials' : 'near'
}

/** Letters and digits, without the article in front. */
export const keyOf = (title: string) => fold(title.replace(/^the\s+/i, ''))

/** The title in Latin letters by each system; nothing of one that has no Cyrillic letters. */
export function latinForms(title: string): string[] {
  if (!isCyrillic(title)) return []
  return [...new Set(transliterationSystems.map((system) => fold(transliterate(title, system))))]
}

const wordsOf = (title: string) => title.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [] // prettier-ignore
const small = /^(?:of|the|and|in|for|on|an?|de|des|der|die|und|et|la|le|del|di|и|в|по|на|для|мен|және)$/u
const tellingWords = (title: string) => wordsOf(title).filter((word) => !small.test(word))

/** Each word is the beginning of the one in its place, or leaves out letters of it from the second on ("Dept", "Univ", "Natl" of ISO 4). */
function isAbbreviated(short: readonly string[], long: readonly string[]): boolean {
  if (short.length === 0 || short.length !== long.length) return false
  return short.every((word, place) => isShortOf(word, long[place]!))
}

function isShortOf(word: string, whole: string): boolean {
  if (word[0] !== whole[0] || word.length > whole.length) return false
  let at = 0
  for (const letter of whole) if (letter === word[at]) at++
  return at === word.length
}

function sharedPairs(a: string, b: string): number {
  const [one, other] = [pairsOf(a), pairsOf(b)]
  if (one.length + other.length === 0) return 0
  const left = new Map<string, number>()
  for (const pair of one) left.set(pair, (left.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of other) {
    const count = left.get(pair) ?? 0
    if (count === 0) continue
    shared++
    left.set(pair, count - 1)
  }
  return (2 * shared) / (one.length + other.length)
}
const pairsOf = (text: string) => Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)) // prettier-ignore

function sharedWords(a: readonly string[], b: readonly string[]): number {
  const all = new Set([...a, ...b])
  return all.size === 0
    ? 0
    : [...all].filter((word) => a.includes(word) && b.includes(word)).length / all.size
}
