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

function systemJoining(a: string, b: string): TransliterationSystem | null {
  const [cyrillic, latin] = isCyrillic(a) ? [a, b] : [b, a]
  if (!isCyrillic(cyrillic) || isCyrillic(latin)) return null
  return (
    transliterationSystems.find((system) => fold(transliterate(cyrillic, system)) === fold(latin)) ?? null
  )
}

const letters = (text: string) => fold(text).length
export const isInitial = (text: string) => letters(text) === 1 || (/\.$/.test(text) && letters(text) <= 2)

/** An initial agrees with a name that begins with it, in the same script or in any transliteration ("Ya." with Яна). */
function initialAgrees(initial: string, name: string): boolean {
  const short = fold(initial)
  const begins = (text: string) => fold(text).startsWith(short)
  if (begins(name)) return true
  if (isCyrillic(name)) return transliterationSystems.some((system) => begins(transliterate(name, system)))
  if (!isCyrillic(initial)) return false
  return transliterationSystems.some((system) => {
    const latin = fold(transliterate(initial, system))
    return latin !== '' && fold(name).startsWith(latin)
  })
}

/** Compares two words of names, of which either may be an initial and in either script. Symmetric. */
export function compareNames(a: string, b: string): NameAgreement {
  if (fold(a) === '' || fold(b) === '') return null
  if (isInitial(a) || isInitial(b)) {
    const agrees = isInitial(a)
      ? initialAgrees(a, b) || (isInitial(b) && initialAgrees(b, a))
      : initialAgrees(b, a)
    return agrees ? { how: 'initial' } : null
  }
  if (fold(a) === fold(b)) return { how: 'same' }
  const system = systemJoining(a, b)
  if (system) return { how: 'transliterated', system }
  const keys = new Set(soundKeys(a))
  return soundKeys(b).some((key) => key.length >= 3 && keys.has(key)) ? { how: 'sounds-alike' } : null
}

/** The words of given names: "А.Б." and "АБ" are two initials, "Jean-Pierre" one name. */
export function givenWords(given: string): string[] {
  const spaced = given.replace(/\./g, '. ').trim()
  return spaced
    .split(/[\s,]+/)
    .filter((word) => fold(word) !== '')
    .flatMap((word) => (/^\p{Lu}{2,3}$/u.test(word) ? [...word].map((letter) => `${letter}.`) : [word]))
}
