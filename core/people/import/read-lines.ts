import type { Fault } from '../../contract/problem.ts'
import { UstazError } from '../../contract/problem.ts'
import type { Cells } from './cells.ts'
import type { ImportKind, Line } from './definition.ts'
import { findColumns } from './find-columns.ts'
import type { HeadingOrder } from './find-columns.ts'
import { isWrong, remembering, tidy } from './read-value.ts'
import type { Choices, Wrong } from './read-value.ts'

/**
 * The lines under the header (the first row that is not empty), each cell read; empty lines are passed over.
 * Throws what findColumns throws, and `import-file-empty` where no line is left.
 */
export function readLines(
  kind: ImportKind,
  { rows }: Cells,
  choices: Choices,
  order: HeadingOrder,
): { lines: Line[]; notices: Fault[] } {
  const headerAt = rows.findIndex(isFilled)
  const { places, notices } = findColumns(kind, rows[headerAt] ?? [], order)
  const width = rows[headerAt]?.length ?? 0
  const filled = [...rows.entries()].filter(([at, row]) => at > headerAt && isFilled(row))
  if (filled.length === 0) throw new UstazError('import-file-empty', { status: 422 })
  const columns = presentColumns(kind, places, choices)
  const lines = filled.map(([at, row]) => readLine(at + 1, row, columns))
  for (const [i, [, row]] of filled.entries()) {
    const isLonger = isFilled(row.slice(width))
    if (isLonger) lines[i]!.faults.push({ path: '', code: 'import.extra-cells', params: {} })
  }
  return { lines, notices }
}

const isFilled = (row: readonly string[]) => row.some((cell) => cell.trim() !== '')

interface PresentColumn {
  code: string
  place: number
  isRequired: boolean
  read: (text: string) => string | Wrong
}

function presentColumns(
  kind: ImportKind,
  places: ReadonlyMap<string, number>,
  choices: Choices,
): PresentColumn[] {
  return [...places].flatMap(([code, place]) => {
    const column = kind.columns[code]
    if (!column) return []
    return [{ code, place, isRequired: column.required === true, read: remembering(column.read, choices) }]
  })
}

function readLine(line: number, row: readonly string[], columns: readonly PresentColumn[]): Line {
  const values: Record<string, string | null> = {}
  const faults: Fault[] = []
  for (const { code, place, isRequired, read } of columns) {
    const cell = tidy(row[place] ?? '')
    const value = cell === '' ? null : read(cell)
    if (value === null && isRequired) faults.push({ path: code, code: 'import.required', params: {} })
    else if (value === null || !isWrong(value)) values[code] = value
    else faults.push({ path: code, ...value })
  }
  return { line, values, faults, warnings: [], before: null, after: values, outcome: 'refused' }
}
