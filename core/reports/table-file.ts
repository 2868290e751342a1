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

async function toXlsx({ name, columns, rows }: TableFile): Promise<FileAnswer> {
  const header = columns.map((value) => ({ value, fontWeight: 'bold' as const }))
  const content = await writeXlsxFile([header, ...rows.map((row) => [...row])], {
    sheet: name.slice(0, 31),
    stickyRowsCount: 1,
  }).toBuffer()
  return new FileAnswer({
    name: `${name}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content,
  })
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
