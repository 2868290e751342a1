/** How many features a text is told by; words and parts of words fall into them by a hash, so that no list of words is kept. */
export const featureCount = 4096
const longest = 300
const gram = 4

/** A text as features: how often each came, and which words (by position in `words`) brought it. */
export interface Reading {
  /** Different words in their order, in lower case. */
  words: string[]
  features: Map<number, { count: number; words: Set<number> }>
}

/** Words, pairs of neighbours and parts of four letters, so that endings of Kazakh and Russian words matter little. */
export function readText(text: string): Reading {
  const tokens = tokensOf(text)
  const words = [...new Set(tokens)]
  const positions = new Map(words.map((word, position) => [word, position]))
  const features: Reading['features'] = new Map()
  const add = (feature: string, tokensOfIt: readonly string[]) => {
    const index = hashOf(feature) % featureCount
    const known = features.get(index) ?? { count: 0, words: new Set() }
    known.count++
    for (const token of tokensOfIt) known.words.add(positions.get(token)!)
    features.set(index, known)
  }
  tokens.forEach((token, at) => {
    add(`w ${token}`, [token])
    const before = tokens[at - 1]
    if (before !== undefined) add(`p ${before} ${token}`, [before, token])
    for (const part of partsOf(token)) add(`g ${part}`, [token])
  })
  return { words, features }
}

/** Words of a text in lower case, the first 300. */
export function tokensOf(text: string): string[] {
  const found = text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  return (found ?? []).slice(0, longest)
}

/** 32 bits of a text (FNV-1a), the same on every machine. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

function partsOf(token: string): string[] {
  const padded = `^${token}$`
  if (padded.length <= gram) return []
  return Array.from({ length: padded.length - gram + 1 }, (_, at) => padded.slice(at, at + gram))
}
