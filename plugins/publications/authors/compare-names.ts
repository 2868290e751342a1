import { fold } from '../fold.ts'
import type { TransliterationSystem } from './transliterate.ts'
import { isCyrillic, soundKeys, transliterate, transliterationSystems } from './transliterate.ts'

/** How two words of names agree, best first; null: they do not. */
export type NameAgreement =
  | { how: 'same' }
  | { how: 'transliterated'; system: TransliterationSystem }
  | { how: 'sounds-alike' }
  | { how: 'initial' }
  | null

/** How much each way of agreeing is worth, 0 to 1; chosen by judgement, and shown to the person who decides. */
export const agreementWorth = { same: 1, transliterated: 0.97, 'sounds-alike': 0.85, initial: 0.7 } as const

/** A file names the same people over and over, and so do the candidates: what is worked out of a name is kept, up to a limit. */
function remembered<T>(work: (name: string) => T, limit = 20_000): (name: string) => T {
  const known = new Map<string, T>()
  return (name) => {
    const found = known.get(name)
    if (found !== undefined) return found
    if (known.size >= limit) known.clear()
    const made = work(name)
    known.set(name, made)
    return made
  }
}
const folded = remembered(fold)
const sounds = remembered(soundKeys)
const latinForms = remembered((cyrillic) =>
  transliterationSystems.map((system) => fold(transliterate(cyrillic, system))),
)

/** Keys of which two names that are no initials share one if `compareNames` finds that they agree; for looking names up. */
export function nameKeys(name: string): string[] {
  return [folded(name), ...sounds(name), ...(isCyrillic(name) ? latinForms(name) : [])]
}

function systemJoining(a: string, b: string): TransliterationSystem | null {
  const [cyrillic, latin] = isCyrillic(a) ? [a, b] : [b, a]
  if (!isCyrillic(cyrillic) || isCyrillic(latin)) return null
  return transliterationSystems[latinForms(cyrillic).indexOf(folded(latin))] ?? null
}

const letters = (text: string) => folded(text).length
export const isInitial = (text: string) => letters(text) === 1 || (/\.$/.test(text) && letters(text) <= 2)

/** An initial agrees with a name that begins with it, in the same script or in any transliteration ("Ya." with Яна). */
function initialAgrees(initial: string, name: string): boolean {
  const short = folded(initial)
  const begins = (text: string) => text.startsWith(short)
  if (begins(folded(name))) return true
  if (isCyrillic(name)) return latinForms(name).some(begins)
  if (!isCyrillic(initial)) return false
  return latinForms(initial).some((latin) => latin !== '' && folded(name).startsWith(latin))
}

/** Compares two words of names, of which either may be an initial and in either script. Symmetric. */
export function compareNames(a: string, b: string): NameAgreement {
  if (folded(a) === '' || folded(b) === '') return null
  if (isInitial(a) || isInitial(b)) {
    const agrees = isInitial(a)
      ? initialAgrees(a, b) || (isInitial(b) && initialAgrees(b, a))
      : initialAgrees(b, a)
    return agrees ? { how: 'initial' } : null
  }
  if (folded(a) === folded(b)) return { how: 'same' }
  const system = systemJoining(a, b)
  if (system) return { how: 'transliterated', system }
  return sounds(b).some((key) => key.length >= 3 && sounds(a).includes(key)) ? { how: 'sounds-alike' } : null
}

/** The words of given names: "А.Б." and "АБ" are two initials, "Jean-Pierre" one name. */
export function givenWords(given: string): string[] {
  const spaced = given.replace(/\./g, '. ').trim()
  return spaced
    .split(/[\s,]+/)
    .filter((word) => fold(word) !== '')
    .flatMap((word) => (/^\p{Lu}{2,3}$/u.test(word) ? [...word].map((letter) => `${letter}.`) : [word]))
}
