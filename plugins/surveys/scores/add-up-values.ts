import type { ValueCount } from './scores.ts'

/** How often each value was given in all lists, by value, ascending; a value that nobody gave is there if a list names it. */
export function addUpValues(lists: readonly (readonly ValueCount[])[]): ValueCount[] {
  const counts = new Map<number, number>()
  for (const { value, count } of lists.flat()) counts.set(value, (counts.get(value) ?? 0) + count)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value)
}
