import type { Finding } from '../../contract/problem.ts'
import { appealsOf } from '../../contract/regulation/appeals.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { noteAt, warnAt } from './finding.ts'

/** Fewer days than this may all be a weekend with a holiday. */
const shortDays = 4

/** A regulation that says nothing of appeals, or leaves hardly any time for one. */
export function lintAppeals(document: RegulationDocument): Finding[] {
  const appeals = appealsOf(document)
  if (!appeals) return [noteAt(['appeals'], 'appeals-missing', { clause: document.code })]
  const { id: clause, days } = appeals
  return days < shortDays ? [warnAt(['appeals', 'days'], 'appeals-short', { clause, days })] : []
}
