import type { AcceptedWarning, RegulationIssue } from '@ustaz/core/contract'

/** Warnings of one kind at one place: they are accepted together, by one reason. */
export interface WarningGroup {
  key: string
  path: string
  code: string
  issues: readonly RegulationIssue[]
  /** The reason with which the version in force was approved in spite of the same warnings; '': there is none. */
  before: string
}

/** Groups warnings as they are accepted; `accepted`: what was accepted with the version in force. */
export function groupWarnings(
  warnings: readonly RegulationIssue[],
  accepted: readonly Pick<AcceptedWarning, 'code' | 'params' | 'reason'>[],
): WarningGroup[] {
  const groups = Map.groupBy(warnings, ({ path, code }) => `${path} ${code}`)
  return [...groups].map(([key, issues]) => {
    const [{ path, code } = { path: '', code: '' }] = issues
    const reasons = issues.map((issue) => reasonBefore(issue, accepted))
    const [first = ''] = reasons
    return { key, path, code, issues, before: reasons.includes('') ? '' : first }
  })
}

/** A clause may stand elsewhere now; the same warning says the same of the same clause. */
function reasonBefore(
  { code, params }: RegulationIssue,
  accepted: readonly Pick<AcceptedWarning, 'code' | 'params' | 'reason'>[],
): string {
  const text = JSON.stringify(params)
  return accepted.find((one) => one.code === code && JSON.stringify(one.params) === text)?.reason ?? ''
}
