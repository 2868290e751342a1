import type { TestGroup } from '../test-teaching.ts'

/** A stream of draws that is the same on every machine (mulberry32, Tommy Ettinger 2017, public domain). */
export function draws(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * Cohorts of students over years; each takes every course once, in one of two groups. Grades are whole numbers around 65 that follow the
 * student's ability, the course's severity and chance. Teacher 1 + c leads the first group of course c, 101 + c the second.
 */
export function exampleGroups(order: {
  courses: number
  years: number
  students: number
  seed?: number
}): TestGroup[] {
  const draw = draws(order.seed ?? 1)
  const spread = () => draw() + draw() + draw() - 1.5
  const groups: TestGroup[] = []
  for (let year = 2020; year < 2020 + order.years; year++) {
    const abilities = Array.from(
      { length: order.students },
      (_, i) => [`${year}-${i}`, 12 * spread()] as const,
    )
    for (let c = 0; c < order.courses; c++) {
      const graded = abilities.map(([name, ability], i) => {
        const grade = Math.round(65 + 3 * c + ability + 8 * spread())
        return { name, grade: Math.max(0, Math.min(90, grade)), second: (i + c) % 2 === 1 }
      })
      for (const second of [false, true]) {
        const own = graded.filter((one) => one.second === second)
        const teachers = [second ? 101 + c : 1 + c]
        const grades = Object.fromEntries(own.map(({ name, grade }) => [name, grade]))
        groups.push({ course: `C${c}`, year, teachers, grades })
      }
    }
  }
  return groups
}
