/**
 * What programs and people write and the library's grammar rejects, put right only after an entry has failed: no key, blanks in
 * the key, no comma after it or between fields, two commas, values without braces that are more than a word or a number.
 */
const repairs: readonly [RegExp, string | ((whole: string, start: string, rest: string) => string)][] = [
  [/^(@\s*[\w-]+\s*[{(])\s*(?=[\w-]+\s*=)/, '$1nokey,'],
  [/^(@\s*[\w-]+\s*[{(])\s*,/, '$1nokey,'],
  [/^(@\s*[\w-]+\s*[{(]\s*[^\s,={}]+)[ \t]*\n(?=\s*[\w-]+\s*=)/, '$1,\n'],
  [/^(@\s*[\w-]+\s*[{(])\s*([^,={}\n]*)(?=,)/, (_, start, key) => start + key.trim().replace(/\s+/g, '_')],
  [/([}"\d])(\s*\n\s*[a-zA-Z][\w-]*\s*=\s*["{\d])/g, '$1,$2'],
  [/,\s*,/g, ','],
  [/(=\s*)([^\s{}"#,=][^{}"#,=\n]*[^{}"#,=\s\w][^{}"#,=\n]*?)\s*(?=,|\n\s*\}|\}\s*$)/g, '$1{$2}'],
]

/** The entry with its known faults cured; the same text when it has none of them. */
export const repaired = (text: string) =>
  repairs.reduce(
    (whole, [fault, cure]) =>
      typeof cure === 'string' ? whole.replace(fault, cure) : whole.replace(fault, cure),
    text,
  )
