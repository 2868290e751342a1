import { isDeepStrictEqual } from 'node:util'
import { countOf } from './counting-words.ts'
import { lettersOf, titleKey, titleLikeness } from './title-likeness.ts'

/** Likeness from which two titles are near; bench/README.md says what it finds and what it lets through. */
export const nearEnough = 0.7

/**
 * Whether two titles may be of one work though they are not the same: alike but for a word or a few letters, or one is the other without
 * its subtitle. Numbers must be the same ("part 1" and "part II" are two works, "part 2" and "part II" may be one), and so must what counts
 * in words or tells a time ("first", "spring", "March").
 */
export function areNear(a: string, b: string, limit = nearEnough): boolean {
  const [first, second] = [titleKey(a), titleKey(b)]
  if (!isDeepStrictEqual(numbersOf(first), numbersOf(second))) return false
  if (isWithoutSubtitle(first, second) || isWithoutSubtitle(second, first)) return true
  return titleLikeness(first, second) >= limit && haveNearMains(first, second)
}

/** Likeness from which the beginnings of two titles with subtitles are near: a slip in a short word leaves so much, another word does not. */
const nearMain = 0.3

/** Of two titles with subtitles ("Philosophy (Faculty of History)") the beginnings must be alike, however long what follows is. */
function haveNearMains(first: string, second: string): boolean {
  const [a, b] = [endsOf(first)[0], endsOf(second)[0]]
  if (a === undefined || b === undefined) return true
  return titleLikeness(first.slice(0, a), second.slice(0, b)) >= nearMain
}

/** Numbers of a title's key in any order, written as they may be. */
function numbersOf(key: string): string[] {
  const parts = key.match(/\p{L}+|\p{N}+/gu) ?? []
  return parts.flatMap((part) => numberOf(part) ?? []).toSorted()
}

function numberOf(part: string): string | null {
  if (/^\p{N}/u.test(part)) return part.replace(/^0+(?=.)/, '')
  const roman = /^(x{0,3})(ix|iv|v?i{0,3})$/.exec(part)
  if (!roman) return countOf(part)
  const [, tens = '', ones = ''] = roman
  return String(10 * tens.length + (romanOnes[ones] ?? ones.length))
}
const romanOnes: Readonly<Record<string, number>> = { iv: 4, v: 5, vi: 6, vii: 7, viii: 8, ix: 9 }

/** Shorter ones ("Algebra") may be the beginning of many titles. */
const tellingLetters = 15

function isWithoutSubtitle(short: string, long: string): boolean {
  const letters = lettersOf(short)
  if (letters.length < tellingLetters) return false
  return endsOf(long).some((end) => lettersOf(long.slice(0, end)) === letters)
}

/** Where a title may end and its subtitle begin. */
const endsOf = (key: string) => [...key.matchAll(/:\s|\s[-–—]\s|\.\s|\s\(/gu)].map(({ index }) => index)
