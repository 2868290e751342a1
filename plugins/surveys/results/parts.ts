/** What was answered about one cell, by place of the version's counts. */
export interface CellCounts {
  id: number
  answers: number
  /** Who answered each question that is counted, in the order of the questions. */
  answered: readonly number[]
}

/** Cells that are shown as one. */
export interface Part {
  cells: number[]
}

/**
 * Of a teacher's cells those that are shown by themselves, and the rest together: so that neither a part nor what is left of the teacher's sums
 * without any of the shown parts comes from fewer people than the threshold. Parts are all that anything is worked out from. null: the teacher
 * has fewer answers than the threshold, and nothing is shown at all.
 *
 * A question that few of the teacher's students answered altogether is left out for the teacher (see `shownQuestions`); every other one must
 * have enough answers, or none, in each part. If the rest has too few, the smallest shown cell joins it, and so on.
 */
export function partsOf(cells: readonly CellCounts[], threshold: number): Part[] | null {
  const filled = cells.filter(({ answers }) => answers > 0)
  if (sum(filled.map(({ answers }) => answers)) < threshold) return null
  const shown = shownQuestions(filled, threshold)
  const isEnough = (group: readonly CellCounts[]) => holds(group, shown, threshold)
  const alone = filled.filter((cell) => isEnough([cell])).sort((a, b) => a.answers - b.answers || a.id - b.id)
  const rest = filled.filter((cell) => !isEnough([cell]))
  while (rest.length > 0 && !isEnough(rest) && alone.length > 0) rest.push(alone.shift()!)
  const parts = alone.map(({ id }) => ({ cells: [id] })).sort((a, b) => a.cells[0]! - b.cells[0]!)
  if (rest.length > 0) parts.push({ cells: rest.map(({ id }) => id).sort((a, b) => a - b) })
  return parts
}

/** By question, whether enough of the teacher's students answered it for it to be shown at all. */
export function shownQuestions(cells: readonly CellCounts[], threshold: number): boolean[] {
  const count = cells[0]?.answered.length ?? 0
  return Array.from(
    { length: count },
    (_, question) => sum(cells.map(({ answered }) => answered[question] ?? 0)) >= threshold,
  )
}

function holds(group: readonly CellCounts[], shown: readonly boolean[], threshold: number): boolean {
  if (sum(group.map(({ answers }) => answers)) < threshold) return false
  return shown.every((isShown, question) => {
    const answered = sum(group.map((cell) => cell.answered[question] ?? 0))
    return !isShown || answered === 0 || answered >= threshold
  })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
