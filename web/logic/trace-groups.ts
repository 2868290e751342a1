import type { TraceLine } from '@ustaz/core/contract'
import { sumDecimals } from './decimal.ts'

export interface ClauseGroup {
  clause: string
  clauseTitle: TraceLine['clauseTitle']
  sum: string
  lines: TraceLine[]
}
export interface AreaGroup {
  /** null: lines of the whole result, such as the norm. */
  area: string | null
  sum: string
  clauses: ClauseGroup[]
}

/** The lines of a trace by area and clause, in the regulation's order, each group with its exact sum; what has no area comes last. */
export function traceGroups(lines: readonly TraceLine[], areaOrder: readonly string[]): AreaGroup[] {
  const areas = [...areaOrder, ...extraAreas(lines, areaOrder), null]
  return areas.flatMap((area) => {
    const within = lines.filter((line) => line.area === area)
    return within.length === 0 ? [] : [{ area, sum: sumOf(within), clauses: clauseGroups(within) }]
  })
}

/** Lines of a fact that name a clause of their own (a coefficient, a list): they follow the points they change. */
export const ofOtherClause: ReadonlySet<TraceLine['kind']> = new Set(['factor', 'once', 'keep'])

/** What all lines add up to, exactly. */
export function sumOf(lines: readonly TraceLine[]): string {
  return sumDecimals(lines.map(({ amount }) => amount))
}

function extraAreas(lines: readonly TraceLine[], known: readonly string[]): string[] {
  const named = lines.flatMap(({ area }) => (area === null ? [] : [area]))
  return [...new Set(named)].filter((area) => !known.includes(area))
}

function clauseGroups(lines: readonly TraceLine[]): ClauseGroup[] {
  const groups = new Map<string, TraceLine[]>()
  let counting = ''
  for (const line of lines) {
    if (line.kind === 'points') counting = line.clause
    const clause = ofOtherClause.has(line.kind) ? counting : line.clause
    groups.set(clause, [...(groups.get(clause) ?? []), line])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first
      ? [{ clause: first.clause, clauseTitle: first.clauseTitle, sum: sumOf(group), lines: group }]
      : []
  })
}
