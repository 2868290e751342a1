import { featureCount, readText } from './words.ts'
import type { Reading } from './words.ts'

/** The features of a text that are not 0, of length 1 together. */
export interface TextVector {
  indices: Int32Array
  values: Float32Array
}

/** How rare each feature is: ln((1 + texts) / (1 + texts that have it)) + 1, [featureCount]. */
export function rarityOf(texts: readonly string[]): Float32Array {
  const having = new Int32Array(featureCount)
  for (const text of texts) for (const index of readText(text).features.keys()) having[index]!++
  return Float32Array.from(having, (count) => Math.log((1 + texts.length) / (1 + count)) + 1)
}

/** Weighed by how often and how rare (tf-idf with logarithmic counts: Manning, Raghavan and Schuetze 2008, chapter 6), scaled to length 1. */
export function vectorOf(reading: Reading, rarity: Float32Array): TextVector {
  const indices = Int32Array.from(reading.features.keys())
  const values = Float32Array.from(
    reading.features.entries(),
    ([index, { count }]) => (1 + Math.log(count)) * rarity[index]!,
  )
  const length = Math.hypot(...values)
  return { indices, values: length === 0 ? values : values.map((value) => value / length) }
}
