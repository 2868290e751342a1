import type { AcceptedWarning, RegulationIssue } from '@ustaz/core/contract'

/** Warnings of one rule, which one reason accepts; each of them is recorded with it. */
export interface WarningGroup {
  key: string
  code: string
  /** Places in the document at which the rule warns. */
  paths: readonly string[]
  issues: readonly RegulationIssue[]
  /** The reason with which the version in force was approved in spite of the same warnings; '': there is none. */
  before: string
}

/**
 * Groups the warnings of each rule by the reason given before; `accepted`: what was accepted with the version in force. Rules named in `apart`
 * get a reason for each place instead.
 */
export function groupWarnings(
  warnings: readonly RegulationIssue[],
  accepted: readonly Pick<AcceptedWarning, 'code' | 'params' | 'reason'>[],
  apart: ReadonlySet<string> = new Set(),
): WarningGroup[] {
  const places = [...Map.groupBy(warnings, ({ path, code }) => `${code} ${path}`).values()].map((issues) => {
    const [{ path, code } = { path: '', code: '' }] = issues
    const reasons = issues.map((issue) => reasonBefore(issue, accepted))
    const [first = ''] = reasons
    return { path, code, issues, before: reasons.includes('') ? '' : first }
  })
  const groups = Map.groupBy(places, ({ path, code, before }) =>
    apart.has(code) ? `${code} ${path}` : `${code} ${before}`,
  )
  return [...groups].map(([key, found]) => {
    const [{ code, before } = { code: '', before: '' }] = found
    return {
      ...{ key, code, before },
      paths: found.map(({ path }) => path),
      issues: found.flatMap(({ issues }) => issues),
    }
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
