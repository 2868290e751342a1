import type { Fault } from '../../contract/problem.ts'
import type { Line, Row } from './definition.ts'
import { unknownCode } from './check-references.ts'

/** From the top down: a unit stands under one of a higher rank, the university under none. */
export const unitRanks: readonly (string | null | undefined)[] = [
  'university',
  'faculty',
  'department',
  'structural',
]

/** Every unit of the tree as it will be must stand under a unit of higher rank; ranks falling downwards leave no circle. */
export function checkTree(lines: readonly Line[], known: readonly Row[]): void {
  const units = new Map(known.map((row) => [row.code, row]))
  const lineOf = new Map(lines.map((line) => [line.after.code, line]))
  for (const { after } of lines) units.set(after.code, after)
  const codes = [...units.keys()].filter((code) => typeof code === 'string')
  for (const line of lines) line.faults.push(...placeFaults(line.after, units, codes))
  for (const row of known) {
    const parent = lineOf.get(row.parent)
    if (!lineOf.has(row.code) && parent && !standsAbove(parent.after, row)) {
      parent.faults.push({ path: 'kind', code: 'import.unit-above', params: { child: row.code ?? null } })
    }
  }
}

function placeFaults(
  unit: Row,
  units: ReadonlyMap<string | null | undefined, Row>,
  codes: readonly string[],
): Fault[] {
  const { kind, parent } = unit
  if (!kind) return []
  if (kind === 'university')
    return parent ? [{ path: 'parent', code: 'import.university-below', params: {} }] : []
  if (!parent) return [{ path: 'parent', code: 'import.parent-missing', params: {} }]
  const above = units.get(parent)
  if (!above) return [{ path: 'parent', ...unknownCode('unit', parent, codes) }]
  if (!above.kind || standsAbove(above, unit)) return []
  return [{ path: 'parent', code: 'import.parent-rank', params: { parent } }]
}

const standsAbove = (above: Row, below: Row) => unitRanks.indexOf(above.kind) < unitRanks.indexOf(below.kind)
