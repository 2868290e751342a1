import type { Factor, Observations } from './mixed-model/observations.ts'

/** Answers about one teacher that are alike in everything the model knows of them. */
export interface Cell {
  teacher: string
  department: string | null
  group: string | null
  student: string | null
  /** Above 0; whole unless several questions were put together. */
  count: number
  sum: number
  squares: number
}

export type FactorName = 'student' | 'group' | 'teacher' | 'department'

/** What the scores are estimated from. */
export interface ScoreModel {
  observations: Observations & { factors: Factor<FactorName>[] }
  /** How many of the factors are eliminated sparsely. */
  early: number
  /** In the order of the levels of the factor `teacher`. */
  teachers: string[]
  /** For each teacher, how the answers are spread over the levels of the factor `department`, in parts of all. */
  departments: ReadonlyMap<number, number>[]
}

/** With fewer degrees of freedom a variance is not estimated. */
const leastFreedom = 3

/**
 * Chooses what can be told apart. A factor is in the model if its levels, less those of the factor around them, and the answers, less its levels,
 * leave three degrees of freedom: departments with three teachers more than departments, groups with three more groups than teachers. Null: not
 * even teachers can be told from noise. `cells`: sorted (`sortCells`).
 */
export function modelOf(cells: readonly Cell[]): ScoreModel | null {
  const answers = cells.reduce((sum, { count }) => sum + count, 0)
  const factors = {
    student: factorOf('student', cells, ({ student }) => student),
    group: factorOf('group', cells, ({ group, teacher }) => group && JSON.stringify([teacher, group])),
    teacher: factorOf('teacher', cells, ({ teacher }) => teacher),
    department: factorOf('department', cells, ({ department }) => department),
  }
  const within = (inner: number, outer: number) => inner - outer >= leastFreedom
  const { student, group, teacher, department } = factors
  const isKnown = (factor: Factor) => factor.levels >= leastFreedom && within(answers, factor.levels)
  if (!isKnown(teacher)) return null
  const hasGroup = isKnown(group) && within(group.levels, teachersWithGroups(cells))
  const hasDepartment = isKnown(department) && within(teacher.levels, department.levels)
  const nested = [...(hasGroup ? [group] : []), teacher]
  const crossed = isKnown(student) ? [student] : []
  const chosen = arrange(nested, crossed)
  return {
    observations: observe(cells, [...chosen.factors, ...(hasDepartment ? [department] : [])]),
    early: chosen.early,
    teachers: [...new Set(cells.map((cell) => cell.teacher))],
    departments: spread(cells, teacher, hasDepartment ? department : null),
  }
}

/**
 * Sparse first: students, or groups and teachers, whichever are more. After students go the groups: a group is tied to those that the same students
 * rated, who are few, so little is filled in, and only teachers and departments are left to the dense part.
 */
function arrange(nested: Factor<FactorName>[], crossed: Factor<FactorName>[]) {
  const levels = (factors: Factor[]) => factors.reduce((sum, factor) => sum + factor.levels, 0)
  return levels(crossed) > levels(nested)
    ? { factors: [...crossed, ...nested], early: crossed.length + nested.length - 1 }
    : { factors: [...nested, ...crossed], early: nested.length }
}

function factorOf(
  name: FactorName,
  cells: readonly Cell[],
  keyOf: (cell: Cell) => string | null,
): Factor<FactorName> {
  const levels = new Map<string, number>()
  const of = Int32Array.from(cells, (cell) => {
    const key = keyOf(cell)
    if (key === null) return -1
    const level = levels.get(key) ?? levels.size
    levels.set(key, level)
    return level
  })
  return { name, levels: levels.size, of }
}

function teachersWithGroups(cells: readonly Cell[]): number {
  return new Set(cells.filter(({ group }) => group !== null).map(({ teacher }) => teacher)).size
}

function observe(cells: readonly Cell[], factors: Factor<FactorName>[]): ScoreModel['observations'] {
  const count = cells.reduce((sum, cell) => sum + cell.count, 0)
  const sum = cells.reduce((total, cell) => total + cell.sum, 0)
  const shift = Math.round(sum / count)
  return {
    counts: Float64Array.from(cells, (cell) => cell.count),
    sums: Float64Array.from(cells, (cell) => cell.sum - cell.count * shift),
    squares: cells.reduce(
      (total, cell) => total + cell.squares - 2 * shift * cell.sum + cell.count * shift * shift,
      0,
    ),
    shift,
    factors,
  }
}

function spread(cells: readonly Cell[], teacher: Factor, department: Factor | null): Map<number, number>[] {
  const spreads = Array.from({ length: teacher.levels }, () => new Map<number, number>())
  const totals = new Float64Array(teacher.levels)
  cells.forEach(({ count }, index) => {
    const own = teacher.of[index]!
    totals[own]! += count
    const level = department?.of[index] ?? -1
    if (level >= 0) spreads[own]!.set(level, (spreads[own]!.get(level) ?? 0) + count)
  })
  return spreads.map(
    (counts, index) => new Map([...counts].map(([level, count]) => [level, count / totals[index]!])),
  )
}

/** One order for the same cells, however they come: sums of fractions depend on it in their last digits. */
export function sortCells(cells: readonly Cell[]): Cell[] {
  return [...cells].sort(
    (a, b) =>
      compare(a.teacher, b.teacher) ||
      compare(a.department ?? '', b.department ?? '') ||
      compare(a.group ?? '', b.group ?? '') ||
      compare(a.student ?? '', b.student ?? '') ||
      a.sum - b.sum ||
      a.count - b.count ||
      a.squares - b.squares,
  )
}

/** By code points, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
