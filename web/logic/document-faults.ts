import type { RegulationIssue } from '@ustaz/core/contract'
import { pointerOf } from './document-path.ts'
import type { Path } from './document-path.ts'

/** What was found in a document, by the place it stands at. */
export interface DocumentFaults {
  all: readonly RegulationIssue[]
  /** What stands at exactly this place, errors first. */
  at(path: Path): readonly RegulationIssue[]
  /** How much stands at this place and below. */
  below(path: Path): { errors: number; warnings: number }
}

const weight = { error: 0, warning: 1, note: 2 } as const

export function documentFaults(issues: readonly RegulationIssue[]): DocumentFaults {
  const all = issues.toSorted((a, b) => weight[a.severity] - weight[b.severity])
  const byPath = Map.groupBy(all, ({ path }) => path)
  return {
    all,
    at: (path) => byPath.get(pointerOf(path)) ?? [],
    below(path) {
      const start = pointerOf(path)
      const found = all.filter((issue) => issue.path === start || issue.path.startsWith(`${start}/`))
      const count = (severity: RegulationIssue['severity']) =>
        found.filter((issue) => issue.severity === severity).length
      return { errors: count('error'), warnings: count('warning') }
    },
  }
}
