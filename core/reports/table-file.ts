import { stringify } from 'csv-stringify/sync'
import writeXlsxFile from 'write-excel-file/node'
import { FileAnswer } from '../plugin/route.ts'
import type { TableCell, TableFile } from '../plugin/table-import.ts'

export type { TableCell, TableFile }

/** A table as CSV (UTF-8 with byte order mark, so that spreadsheets read its letters) or as XLSX. */
export async function writeTable(table: TableFile, format: 'csv' | 'xlsx'): Promise<FileAnswer> {
  return format === 'csv' ? toCsv(table) : await toXlsx(table)
}

function toCsv({ name, columns, rows, delimiter = ',' }: TableFile): FileAnswer {
  const lines = [columns, ...rows].map((row) =>
    row.map((cell) => (typeof cell === 'string' ? disarm(cell, delimiter) : cell)),
  )
  return new FileAnswer({
    name: `${name}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    content: stringify(lines, { bom: true, delimiter, record_delimiter: 'windows' }),
  })
}

async function toXlsx({ name, title = name, columns, rows }: TableFile): Promise<FileAnswer> {
  const header = columns.map((value) => ({ value, fontWeight: 'bold' as const, wrap: true }))
  const content = await writeXlsxFile([header, ...rows.map((row) => [...row])], {
    sheet: sheetName(title),
    stickyRowsCount: 1,
    columns: columns.map((column, index) => ({ width: widthOf(column, rows, index) })),
  }).toBuffer()
  return new FileAnswer({
    name: `${name}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content,
  })
}

/** A sheet's name has at most 31 characters, none of []:*?/\\ among them, and no apostrophe at either end. */
function sheetName(title: string): string {
  return (
    title
      .replaceAll(/[[\]:*?/\\]/g, ' ')
      .slice(0, 31)
      .replaceAll(/^['\s]+|['\s]+$/g, '') || 'ustaz'
  )
}

const narrowest = 10
const widest = 60
const ofHeading = 16

/** In characters: the longest cell is seen whole up to a limit; a longer heading goes into several lines. */
function widthOf(heading: string, rows: TableFile['rows'], index: number): number {
  const longest = rows.reduce((most, row) => Math.max(most, String(row[index] ?? '').length), 0)
  return Math.min(widest, Math.max(narrowest, Math.min(heading.length, ofHeading), longest) + 2)
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV Injection), also behind spaces and where it begins with a
 * full-width sign. Numbers such as -12.5 are no formulas and stay. The same inside of a text, after a sign at which a spreadsheet that
 * expects another delimiter would begin a new cell. Only for CSV: in XLSX a cell says that it is a text.
 */
export function disarm(text: string, delimiter: ',' | ';' = ','): string {
  if (/^-?\d+(\.\d+)?$/.test(text)) return text
  const inside = text.replace(delimiter === ',' ? afterSemicolon : afterComma, "$1'")
  return beginsFormula.test(inside) ? `'${inside}` : inside
}

const beginsFormula = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/
const afterSemicolon = /([;\t\r\n])(?=[=+\-@＝＋－＠])/g
const afterComma = /([,\t\r\n])(?=[=+\-@＝＋－＠])/g
