import { languages } from '../../contract/text.ts'
import { plain } from './plain.ts'
import type { ReadValue } from './read-value.ts'

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
const pairs = letters.flatMap((first) => letters.map((second) => first + second))

const groups = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

/** ISO 3166-1 alpha-2 by plain name in each of the languages, as CLDR names countries; codes it has no name for are none. */
const codes = new Map(
  languages.flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    return pairs.flatMap((code): [string, string][] => {
      const name = names.of(code)
      return name === undefined || name === code || !isCountry(code) ? [] : [[plain(name), code]]
    })
  }),
)

/** Old codes and groups of countries (EU, UN, SU, ...) have a name too, but stand for another code or none. */
function isCountry(code: string): boolean {
  return Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}` && !groups.has(code)
}

const known = new Set(codes.values())

/** A country by its code of two letters or its name in any of the languages. */
export const readCountry: ReadValue = (value) => {
  const upper = value.toUpperCase()
  if (known.has(upper)) return upper
  return codes.get(plain(value)) ?? { code: 'import.country', params: { value } }
}
