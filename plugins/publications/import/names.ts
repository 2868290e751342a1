import { checkOrcid } from '../identifiers.ts'
import type { Author } from '../work.ts'
import type { Note } from './imported.ts'
import { note } from './imported.ts'
import { plainText } from './plain-text.ts'

/** An author as a source gives it, before cleaning. */
export type RawAuthor = {
  family?: string | null
  given?: string | null
  literal?: string | null
  orcid?: string | null
  affiliations?: readonly string[]
}

const particles = /^(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|zu|zur|af|av)$/i
const initials = /^(?:\p{Lu}{1,2}\.?-?)+$/u
/** Endings of Kazakh and Russian patronymics: a full name that ends in one begins with the family name. */
export const patronymic =
  /(?:қызы|кызы|ұлы|улы|ович|евич|ич|овна|евна|ична|инична|kyzy|qyzy|uly|ovich|evich|ovna|evna|ichna)$/iu
const isInitials = (token: string) => initials.test(token) && token.replace(/[.-]/g, '').length <= 3

type Divided = { family: string | null; given: string | null; literal: string | null }

function divide(tokens: string[], firstOfFamily: number): Divided {
  const family = tokens.slice(firstOfFamily).join(' ')
  return { family, given: tokens.slice(0, firstOfFamily).join(' ') || null, literal: null }
}

/**
 * Divides a displayed name: "Berg, Jan van der", "Jan van der Berg", "Кузнецов В. И." (initials last: family first),
 * "Оразбаева Айгүл Серікқызы" (patronymic last: family first).
 * A single word, or a name in a script that writes no spaces, stays whole in `literal`.
 */
export function divideName(display: string): Divided {
  const [family, given, ...more] = display.split(',').map((part) => part.trim())
  if (family && given && more.length === 0) return { family, given, literal: null }
  const tokens = display.split(/\s+/).filter((token) => token !== '')
  if (tokens.length < 2 || more.length > 0)
    return { family: null, given: null, literal: display.trim() || null }
  const [first = '', ...rest] = tokens
  if (rest.every(isInitials) && !isInitials(first))
    return { family: first, given: rest.join(' '), literal: null }
  if (rest.length === 2 && patronymic.test(rest[1] ?? '')) {
    return { family: first, given: rest.join(' '), literal: null }
  }
  const particle = tokens.findIndex(
    (token, i) => i > 0 && token === token.toLowerCase() && particles.test(token),
  )
  return divide(tokens, particle > 0 ? particle : tokens.length - 1)
}

/** Cleans a list of authors as printed: markup goes, nameless ones are left out with a note, a wrong ORCID is dropped with one. */
export function authorsOf(raw: readonly RawAuthor[]): { authors: Author[]; notes: Note[] } {
  const authors: Author[] = []
  const notes: Note[] = []
  for (const [i, entry] of raw.entries()) {
    const name = {
      family: plainText(entry.family),
      given: plainText(entry.given),
      literal: plainText(entry.literal),
    }
    const orcid = entry.orcid ? checkOrcid(entry.orcid) : null
    if (orcid && !orcid.ok) notes.push(note(orcid.reason, { value: orcid.input }))
    if (!name.family && !name.given && !name.literal) {
      notes.push(note('author-without-name', { sequence: i + 1 }))
      continue
    }
    const affiliations = (entry.affiliations ?? []).flatMap((text) => plainText(text) ?? [])
    // A given name alone (as mononyms are often exported) is a whole name nobody divided.
    const whole = name.family ? name : { family: null, given: null, literal: name.literal ?? name.given }
    authors.push({
      ...whole,
      orcid: orcid?.ok ? orcid.value : null,
      affiliations,
      sequence: authors.length + 1,
    })
  }
  return { authors, notes }
}
