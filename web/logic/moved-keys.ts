/** Of those that stand in both lists, the fewest that must be moved to get from one order to the other. */
export function movedKeys(before: readonly string[], after: readonly string[]): Set<string> {
  const places = new Map(before.map((key, place) => [key, place]))
  const common = after.filter((key) => places.has(key))
  const kept = longestRise(common.map((key) => places.get(key) ?? 0))
  return new Set(common.filter((_, index) => !kept.has(index)))
}

/** Indexes of a longest rising subsequence. */
function longestRise(numbers: readonly number[]): Set<number> {
  const best = numbers.map(() => ({ length: 1, from: -1 }))
  for (const [index, number] of numbers.entries()) {
    for (let earlier = 0; earlier < index; earlier++) {
      const length = (best[earlier]?.length ?? 0) + 1
      if ((numbers[earlier] ?? 0) < number && length > (best[index]?.length ?? 0))
        best[index] = { length, from: earlier }
    }
  }
  let at = best.reduce((top, { length }, index) => (length > (best[top]?.length ?? 0) ? index : top), 0)
  const kept = new Set<number>()
  for (; at >= 0 && at < best.length; at = best[at]?.from ?? -1) kept.add(at)
  return kept
}
