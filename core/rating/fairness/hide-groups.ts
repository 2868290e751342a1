/** A group of fewer people is not shown. */
export const smallestGroup = 5

/**
 * Which of these groups may be shown. Whoever knows the number of all people could work a single hidden group out, and small ones
 * together too: hidden groups are at least two with at least `smallestGroup` people together, or none.
 */
export function hideSmallGroups<T extends { count: number }>(
  groups: readonly T[],
): { shown: T[]; hidden: T[] } {
  const rising = [...groups].sort((a, b) => a.count - b.count)
  let cut = rising.filter(({ count }) => count < smallestGroup).length
  const people = () => rising.slice(0, cut).reduce((sum, { count }) => sum + count, 0)
  while (cut > 0 && cut < rising.length && (cut < 2 || people() < smallestGroup)) cut++
  const hidden = new Set(rising.slice(0, cut))
  return { shown: groups.filter((group) => !hidden.has(group)), hidden: [...hidden] }
}
