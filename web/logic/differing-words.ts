/** A piece of a text, and whether the other text lacks it. */
export interface Piece {
  text: string
  differs: boolean
}

/**
 * A text in pieces: the words that another lacks (so often, whatever their case), and what stands between. A letter of another alphabet makes
 * another word, though it looks the same.
 */
export function differingWords(text: string, other: string): Piece[] {
  const left = new Map<string, number>()
  for (const word of wordsOf(other)) left.set(word, (left.get(word) ?? 0) + 1)
  const pieces: Piece[] = []
  for (const part of text.match(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu) ?? []) {
    const isWord = /^[\p{L}\p{M}\p{N}]/u.test(part)
    const count = left.get(part.toLowerCase()) ?? 0
    if (isWord) left.set(part.toLowerCase(), count - 1)
    pieces.push({ text: part, differs: isWord && count <= 0 })
  }
  return pieces
}

/** Whether two texts have other words; signs and case do not count. */
export const haveOtherWords = (a: string, b: string) => wordsOf(a).join(' ') !== wordsOf(b).join(' ')

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
