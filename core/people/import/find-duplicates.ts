import type { ImportKind, Line } from './definition.ts'
import { keyOf } from './definition.ts'

/** Lines of one key: each is told where the others stand. */
export function findDuplicates(kind: ImportKind, lines: readonly Line[]): void {
  const named = lines.filter(({ values }) => kind.key.every((column) => values[column]))
  for (const [key, same] of Map.groupBy(named, ({ values }) => keyOf(kind, values))) {
    if (same.length < 2) continue
    for (const { line, faults } of same) {
      const others = same.filter((other) => other.line !== line).slice(0, 5)
      const params = { key, lines: others.map((other) => String(other.line)) }
      faults.push({ path: kind.key[0]!, code: 'import.duplicate', params })
    }
  }
}
