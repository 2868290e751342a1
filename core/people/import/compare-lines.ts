import type { ImportKind, Line, Row } from './definition.ts'
import { keyOf } from './definition.ts'

/** Lays each line over the row it meets: a column that the file has not stays as it is, an empty cell makes it unknown. */
export function matchLines(kind: ImportKind, lines: readonly Line[], known: readonly Row[]): void {
  const rows = new Map(known.map((row) => [keyOf(kind, row), row]))
  const empty: Row = Object.fromEntries(Object.keys(kind.columns).map((code) => [code, null]))
  for (const line of lines) {
    line.before = rows.get(keyOf(kind, line.values)) ?? null
    line.after = { ...empty, ...line.before, ...line.values }
  }
}

/** After all checks: what becomes of each line. */
export function decideOutcomes(kind: ImportKind, lines: readonly Line[]): void {
  for (const line of lines) {
    if (line.faults.length > 0) line.outcome = 'refused'
    else if (line.before === null) line.outcome = 'created'
    else line.outcome = changedColumns(kind, line).length > 0 ? 'changed' : 'unchanged'
  }
}

/** Columns whose value differs from what is known; none for a new row. */
export function changedColumns(
  kind: ImportKind,
  { before, after }: Pick<Line, 'before' | 'after'>,
): string[] {
  if (before === null) return []
  return Object.keys(kind.columns).filter((code) => before[code] !== after[code])
}
