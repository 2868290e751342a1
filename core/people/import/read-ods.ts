import { UstazError } from '../../contract/problem.ts'
import { limits, tooLarge } from './cells.ts'
import type { Cells } from './cells.ts'
import { checkArchive, unreadable } from './check-archive.ts'
import { readZipDirectory, unpackEntry } from './zip-directory.ts'

/**
 * Rows of the first sheet of an OpenDocument spreadsheet (OpenDocument 1.2, part 1, chapter 9): numbers and days by their value, all else as it is
 * shown. Throws `import-file-type`, `import-file-unreadable`, `import-file-too-large`, and `import-cells-broken` where formulas have no value.
 */
export function readOds(archive: Buffer): Cells {
  checkArchive(archive, 'content.xml')
  const content = unpackContent(archive)
  if (!content.includes('<office:spreadsheet')) throw new UstazError('import-file-type', { status: 415 })
  return { rows: readSheet(content), notices: [] }
}

function unpackContent(archive: Buffer): string {
  const entry = readZipDirectory(archive)?.find(({ path }) => path === 'content.xml')
  if (!entry) return unreadable()
  try {
    return unpackEntry(archive, entry)
  } catch (cause) {
    return unreadable(cause)
  }
}

function readSheet(content: string): string[][] {
  const sheet = /<table:table[\s>].*?<\/table:table>/s.exec(content)?.[0] ?? unreadable()
  const rows: string[][] = []
  const broken: string[] = []
  let empty = 0
  for (const [, attributes = '', cells = ''] of sheet.matchAll(
    /<table:table-row(\s[^>]*?)?(?:\/>|>(.*?)<\/table:table-row>)/gs,
  )) {
    const row = readRow(cells, (column) => broken.push(addressOf(column, rows.length + empty)))
    const times = repeated(attributes, 'rows')
    if (row.length === 0) {
      empty += times
      continue
    }
    // Empty rows are written out only where something follows: a sheet ends with a million of them.
    if (rows.length + empty + times > limits.rows) throw tooLarge()
    rows.push(...Array.from({ length: empty }, () => []), ...Array.from({ length: times }, () => [...row]))
    empty = 0
  }
  if (broken.length === 0) return rows
  throw new UstazError('import-cells-broken', { status: 422, params: { cells: broken.slice(0, 10) } })
}

function readRow(cells: string, onBroken: (column: number) => void): string[] {
  const row: string[] = []
  let empty = 0
  for (const [, , attributes = '', content = ''] of cells.matchAll(
    /<table:(covered-table-cell|table-cell)(\s[^>]*?)?(?:\/>|>(.*?)<\/table:\1>)/gs,
  )) {
    const text = textOf(attributes, content)
    if (text === null) onBroken(row.length + empty)
    const times = repeated(attributes, 'columns')
    if (text === '') {
      empty += times
      continue
    }
    if (row.length + empty + times > limits.columns) throw tooLarge()
    row.push(...Array<string>(empty).fill(''), ...Array<string>(times).fill(text ?? ''))
    empty = 0
  }
  return row
}

/** null: an error, or a formula that was never computed. */
function textOf(attributes: string, content: string): string | null {
  const type = attribute(attributes, 'office:value-type')
  if (attribute(attributes, 'calcext:value-type') === 'error') return null
  if (type === 'float' || type === 'currency') return attribute(attributes, 'office:value') ?? null
  if (type === 'date') return attribute(attributes, 'office:date-value')?.replace(/T00:00:00(\.0+)?$/, '').replace('T', ' ') ?? null // prettier-ignore
  const text = shownText(content)
  return type === null && text === '' && attribute(attributes, 'table:formula') !== null ? null : text
}

/** The paragraphs of a cell, a line each; what a comment says is no part of it. */
function shownText(content: string): string {
  const said = content.replaceAll(/<office:annotation[\s>].*?<\/office:annotation>/gs, '')
  const paragraphs = [...said.matchAll(/<text:p(?:\s[^>]*?)?(?:\/>|>(.*?)<\/text:p>)/gs)]
  return paragraphs.map(([, inner = '']) => plainText(inner)).join('\n')
}

function plainText(inner: string): string {
  return inner
    .replaceAll(/<text:s(\s[^>]*?)?\/>/g, (_, given: string | undefined) =>
      ' '.repeat(Math.min(Number(attribute(given ?? '', 'text:c') ?? 1), 1000)),
    )
    .replaceAll(/<text:tab\s*\/>/g, '\t')
    .replaceAll(/<text:line-break\s*\/>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g, unescape)
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescape(whole: string, hex?: string, decimal?: string, name = ''): string {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  return named[name] ?? (code <= 0x10ffff ? String.fromCodePoint(code) : whole)
}

function attribute(attributes: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1]
  return value === undefined ? null : plainText(value)
}

function repeated(attributes: string, what: 'rows' | 'columns'): number {
  return Math.max(1, Number(attribute(attributes, `table:number-${what}-repeated`) ?? 1))
}

/** A1 is the first; columns above Z have two letters. */
function addressOf(column: number, row: number): string {
  const letter = (index: number) => String.fromCharCode(65 + index)
  const letters = column < 26 ? letter(column) : letter(Math.floor(column / 26) - 1) + letter(column % 26)
  return `${letters}${row + 1}`
}
