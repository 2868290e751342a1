import type { GroupAnswers } from './index.ts'

/** Answers of one group to one question, value by value. */
export function groupOf(
  teacher: string,
  values: readonly number[],
  about: { department?: string | null; group?: string | null } = {},
): GroupAnswers {
  const counts = [...Map.groupBy(values, (value) => value)]
  return {
    teacher,
    department: about.department ?? null,
    group: about.group ?? null,
    questions: [counts.map(([value, { length: count }]) => ({ value, count }))],
  }
}

/** The same numbers on every machine: mulberry32 and Box and Muller's normal variables. */
export function randomOf(seed: number) {
  let state = seed >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const normal = (deviation: number) =>
    deviation * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uniform, normal }
}
