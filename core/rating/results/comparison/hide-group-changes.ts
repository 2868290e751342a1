import { changeDimensions, changeMeasures } from '../../../contract/resources/run-comparison.ts'
import type { Change, GroupChange, GroupComparison } from '../../../contract/resources/run-comparison.ts'
import { hideSmallGroups, smallestGroup } from '../../fairness/hide-groups.ts'

type Dimension = (typeof changeDimensions)[number]
type Measure = (typeof changeMeasures)[number]
export interface ChangeRow extends GroupChange {
  dimension: Dimension | 'all'
  measure: Measure
}
type Shown = GroupComparison['dimensions'][number]['measures'][Measure]

/**
 * What of the groups may be shown. Each measure is about its own people (a place has who is ranked in one league in both runs), so
 * each hides by itself. Departments are parts of faculties: they are hidden faculty by faculty, and all of them where the
 * faculty is hidden, or it could be added up from them.
 */
export function hideGroupChanges(
  rows: readonly ChangeRow[],
): Pick<GroupComparison, 'overall' | 'dimensions'> {
  return {
    overall: byMeasure((measure) => overallOf(rows, measure)),
    dimensions: changeDimensions.map((dimension) => ({
      dimension,
      measures: byMeasure((measure) => shownOf(rows, dimension, measure)),
    })),
  }
}

function byMeasure<T>(of: (measure: Measure) => T): Record<Measure, T> {
  return Object.fromEntries(changeMeasures.map((measure) => [measure, of(measure)])) as Record<Measure, T>
}

function overallOf(rows: readonly ChangeRow[], measure: Measure): Change | null {
  const all = rows.find((row) => row.dimension === 'all' && row.measure === measure)
  if (!all || all.count < smallestGroup) return null
  const { count, up, down, same, mean, median } = all
  return { count, up, down, same, mean, median }
}

function shownOf(rows: readonly ChangeRow[], dimension: Dimension, measure: Measure): Shown {
  const own = rows.filter((row) => row.dimension === dimension && row.measure === measure)
  const shown = dimension === 'department' ? shownDepartments(rows, own, measure) : hideSmallGroups(own).shown
  const hidden = own.filter((row) => !shown.includes(row))
  return {
    groups: shown.map(({ dimension: _dimension, measure: _measure, ...group }) => group),
    hidden: { groups: hidden.length, people: hidden.reduce((sum, { count }) => sum + count, 0) },
  }
}

function shownDepartments(
  rows: readonly ChangeRow[],
  departments: readonly ChangeRow[],
  measure: Measure,
): ChangeRow[] {
  const faculties = rows.filter((row) => row.dimension === 'faculty' && row.measure === measure)
  const { shown } = hideSmallGroups(faculties)
  return shown.flatMap(
    ({ group }) => hideSmallGroups(departments.filter(({ parent }) => parent === group)).shown,
  )
}
