import type { Fault } from '../../contract/problem.ts'
import { UstazError } from '../../contract/problem.ts'
import type { Language } from '../../contract/text.ts'
import type { Cells } from './cells.ts'
import type { ImportKind, Line } from './definition.ts'
import { findColumns } from './find-columns.ts'
import { isWrong, tidy } from './read-value.ts'
import type { Choices } from './read-value.ts'

/**
 * The lines under the header (the first row that is not empty), each cell read; empty lines are passed over.
 * Throws what findColumns throws, and `import-file-empty` where no line is left.
 */
export function readLines(
  kind: ImportKind,
  { rows }: Cells,
  choices: Choices,
  language: Language,
): { lines: Line[]; notices: Fault[] } {
  const headerAt = rows.findIndex(isFilled)
  const { places, notices } = findColumns(kind, rows[headerAt] ?? [], language)
  const width = rows[headerAt]?.length ?? 0
  const filled = [...rows.entries()].filter(([at, row]) => at > headerAt && isFilled(row))
  if (filled.length === 0) throw new UstazError('import-file-empty', { status: 422 })
  const lines = filled.map(([at, row]) => {
    const extra: Fault[] = isFilled(row.slice(width))
      ? [{ path: '', code: 'import.extra-cells', params: {} }]
      : []
    return readLine(kind, { line: at + 1, row, places, extra }, choices)
  })
  return { lines, notices }
}

const isFilled = (row: readonly string[]) => row.some((cell) => cell.trim() !== '')

interface RawLine {
  line: number
  row: readonly string[]
  places: ReadonlyMap<string, number>
  extra: Fault[]
}

function readLine(kind: ImportKind, { line, row, places, extra }: RawLine, choices: Choices): Line {
  const values: Record<string, string | null> = {}
  const faults = extra
  for (const [code, { read, required }] of Object.entries(kind.columns)) {
    const place = places.get(code)
    if (place === undefined) continue
    const cell = tidy(row[place] ?? '')
    const value = cell === '' ? null : read(cell, choices)
    if (value === null && required) faults.push({ path: code, code: 'import.required', params: {} })
    else if (value === null || !isWrong(value)) values[code] = value
    else faults.push({ path: code, ...value })
  }
  return { line, values, faults, warnings: [], before: null, after: values, outcome: 'refused' }
}
