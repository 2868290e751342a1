import { isCyrillic, transliterate } from './transliterate.ts'

/** How Latin letters of names are mostly read back into Cyrillic, longer ones first. Only near: search forgives a letter or two. */
const letters: readonly [RegExp, string][] = [
  [/shch|sch/g, 'щ'],
  [/zh|dj/g, 'ж'],
  [/kh/g, 'х'],
  [/gh/g, 'ғ'],
  [/ts|tz/g, 'ц'],
  [/tch|ch/g, 'ч'],
  [/sh/g, 'ш'],
  [/[yij]u/g, 'ю'],
  [/[yij]a/g, 'я'],
  [/y[eo]/g, 'е'],
  [/iy|yy|ij$/g, 'ий'],
  [/(?<=[aeiouаеёиоуыэюя])[yj]/g, 'й'],
  [/ng(?=[aeiou]|$)/g, 'ң'],
]
const single: Record<string, string> = {
  a: 'а', b: 'б', c: 'к', d: 'д', e: 'е', f: 'ф', g: 'г', h: 'х', i: 'и', j: 'ж', k: 'к', l: 'л', m: 'м', n: 'н', o: 'о',
  p: 'п', q: 'қ', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', w: 'в', x: 'кс', y: 'ы', z: 'з',
} // prettier-ignore

function toCyrillic(latin: string): string {
  const bare = latin.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const read = letters.reduce((text, [pattern, letter]) => text.replace(pattern, letter), bare)
  return [...read].map((letter) => single[letter] ?? letter).join('')
}

/** A printed name in its own script and, as near as it can be guessed, in the other: what teachers are searched by. */
export function spellingsOf(name: string): string[] {
  return [name, isCyrillic(name) ? transliterate(name, 'common') : toCyrillic(name)]
}
