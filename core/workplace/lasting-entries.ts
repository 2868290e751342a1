import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { TraceLine } from '../contract/resources/runs.ts'
import type { TeacherPoints } from '../contract/resources/teacher-year.ts'
import type { Period } from '../plugin/period.ts'
import { countsUntil } from '../rating/compile/window.ts'

/** Which entries a clause counts beyond the period, read from the lines of a result: only what it counts now is among them. */
export function lastingEntries(
  lines: readonly TraceLine[],
  document: RegulationDocument,
  period: Period,
): TeacherPoints['lasting'] {
  return lines.flatMap(({ kind, clause, fact, factTeacher }) => {
    const criterion = document.criteria.find(({ id }) => id === clause)
    if (kind !== 'points' || !criterion || factTeacher || fact?.evidenceId == null) return []
    const until = countsUntil(criterion.window, fact.happenedOn, period)
    const isLasting = until !== null && (until > period.to || fact.happenedOn < period.from)
    return isLasting ? [{ evidenceId: fact.evidenceId, clause, title: criterion.title, until }] : []
  })
}
