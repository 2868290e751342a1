import type { Cell } from './cells.ts'
import type { Variances } from './estimate.ts'

/**
 * Standard deviation of a plain mean about what it is a mean of, what a teacher would get from average students in average groups:
 *
 *     sqrt(noise / n + group's variance * sum (n_g / n)^2 + students' variance * sum (n_s / n)^2),  n_g answers of a group, n_s of a student
 *
 * (Searle, Casella and McCulloch 1992, Variance Components, chapter 3). `cells`: those of one teacher, at least one. A variance that is not in
 * the model adds nothing.
 */
export function rawErrorOf(cells: readonly Cell[], { answer, group, student }: Variances): number {
  const answers = cells.reduce((sum, { count }) => sum + count, 0)
  const together = (key: 'group' | 'student') =>
    [...Map.groupBy(cells, (cell) => cell[key])].reduce((sum, [level, own]) => {
      const part = own.reduce((total, { count }) => total + count, 0) / answers
      return level === null ? sum : sum + part * part
    }, 0)
  return Math.sqrt(answer / answers + (group ?? 0) * together('group') + (student ?? 0) * together('student'))
}
