/** Each with what it is taken for: letters that look alike, and what is typed for a Kazakh letter where a keyboard lacks it. `core.title_key` does the same. */
const alike = new Map(zip('авекмнорстухіїһѕјёәəғқңөүұ', 'abekmhopctyxiihsjeaaгkhoyy'))

/** A title as near ones are compared: in lower case, with one letter for those that look alike in Cyrillic and Latin. */
export function titleKey(title: string): string {
  return [...title.normalize('NFKC').toLowerCase()].map((letter) => alike.get(letter) ?? letter).join('')
}

export const wordsOf = (key: string): string[] => key.match(/[\p{L}\p{N}]+/gu) ?? []
export const lettersOf = (key: string): string => wordsOf(key).join('')

/**
 * How alike two titles are, 0 to 1: trigrams that both have, of those that either has, as PostgreSQL counts them (pg_trgm, `similarity`) in
 * keys of titles. 0 where one has no letters.
 */
export function titleLikeness(a: string, b: string): number {
  const [first, second] = [trigramsOf(a), trigramsOf(b)]
  const shared = [...first].filter((trigram) => second.has(trigram)).length
  return shared === 0 ? 0 : shared / (first.size + second.size - shared)
}

/** Of each word, with two spaces before it and one behind. */
function trigramsOf(title: string): Set<string> {
  const found = new Set<string>()
  for (const word of wordsOf(titleKey(title))) {
    const letters = [' ', ' ', ...word, ' ']
    for (let i = 0; i + 3 <= letters.length; i++) found.add(letters.slice(i, i + 3).join(''))
  }
  return found
}

function zip(from: string, to: string): [string, string][] {
  const others = [...to]
  return [...from].map((letter, i) => [letter, others[i]!])
}
