import type { TeacherPoints } from '@ustaz/core/contract'

export interface LastingEntry {
  evidenceId: number
  title: string | null
  happenedOn: string
  clause: string
  clauseTitle: TeacherPoints['lasting'][number]['title']
  /** Last day of the last year in which it counts. */
  until: string
}

/** Entries of a kind that a clause counts for years, each once with the clause that counts it longest; what counts longest first. */
export function lastingOfKind(points: TeacherPoints, indicator: string): LastingEntry[] {
  const facts = new Map(
    points.entered.lines.flatMap(({ fact }) => (fact?.evidenceId == null ? [] : [[fact.evidenceId, fact]])),
  )
  const longest = new Map<number, LastingEntry>()
  for (const { evidenceId, clause, title: clauseTitle, until } of points.lasting) {
    const fact = facts.get(evidenceId)
    const known = longest.get(evidenceId)
    if (fact?.indicator !== indicator || (known && known.until >= until)) continue
    const { evidenceTitle: title, happenedOn } = fact
    longest.set(evidenceId, { evidenceId, title, happenedOn, clause, clauseTitle, until })
  }
  return [...longest.values()].sort((a, b) => b.until.localeCompare(a.until) || a.evidenceId - b.evidenceId)
}
