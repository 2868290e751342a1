import { readSheet } from 'read-excel-file/universal'
import { UstazError } from '../../contract/problem.ts'
import { limits, tooLarge } from './cells.ts'
import { checkArchive, unreadable } from './check-archive.ts'
import type { Cells } from './cells.ts'
import { inspectSheet } from './inspect-sheet.ts'

/**
 * Rows of an XLSX's first sheet: values of formulas as Excel left them, dates as YYYY-MM-DD, numbers with the 15 digits that
 * Excel keeps. Throws `import-file-type` for other archives, `import-file-too-large`, `import-file-unreadable`, and
 * `import-cells-broken` where formulas have no value: such a cell is not an empty one.
 */
export async function readXlsx(archive: Buffer): Promise<Cells> {
  checkArchive(archive, 'xl/workbook.xml')
  checkSheet(archive)
  const rows = await readSheet(toArrayBuffer(archive)).catch(unreadable)
  return { rows: rows.map((row) => row.map(textOfCell)), notices: [] }
}

function checkSheet(archive: Buffer): void {
  const { broken, rows, columns } = inspectArchive(archive)
  if (rows > limits.rows || columns > limits.columns) throw tooLarge()
  if (broken.length === 0) return
  throw new UstazError('import-cells-broken', { status: 422, params: { cells: broken.slice(0, 10) } })
}

function inspectArchive(archive: Buffer) {
  try {
    return inspectSheet(archive)
  } catch (cause) {
    return unreadable(cause)
  }
}

function toArrayBuffer(archive: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(archive.byteLength)
  new Uint8Array(copy).set(archive)
  return copy
}

export function textOfCell(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return textOfDate(cell)
  if (typeof cell === 'number') return String(Number(cell.toPrecision(15)))
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

/** A day, or a day and time where the cell has one; to the second, because Excel counts in parts of a day. */
function textOfDate(date: Date): string {
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}
