import { CsvError, parse } from 'csv-parse/sync'
import { UstazError } from '../../contract/problem.ts'
import { decodeText } from './decode-text.ts'
import type { Cells } from './cells.ts'

const delimiters = [',', ';', '\t'] as const
type Delimiter = (typeof delimiters)[number]

/**
 * Rows of a CSV. The delimiter is the one that the first line has most of, or what Excel's line `sep=;` says.
 * Throws `import-file-type` where the content is no text, `import-file-unreadable` where quotes do not close.
 */
export function readCsv(content: Uint8Array): Cells {
  const decoded = decodeText(content)
  if (!decoded) throw new UstazError('import-file-type', { status: 415 })
  const notices =
    decoded.encoding === 'windows-1251' ? [{ path: '', code: 'import.encoding', params: {} }] : []
  return { rows: parseCsv(decoded.text), notices }
}

export function parseCsv(text: string): string[][] {
  const named = /^sep=([,;\t])\r?\n/i.exec(text)
  // The line of the delimiter stays as an empty line, so that lines keep their numbers.
  const body = named ? text.slice(named[0].trimEnd().length) : text
  const delimiter = (named?.[1] as Delimiter | undefined) ?? detectDelimiter(text)
  try {
    return parse(body, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false })
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    const line = typeof cause.lines === 'number' ? cause.lines : null
    throw new UstazError('import-file-unreadable', { status: 422, params: { line }, cause })
  }
}

/** Counts outside of quotes in the first line that is not empty; a comma where there is none at all. */
export function detectDelimiter(text: string): Delimiter {
  const firstLine = /[^\r\n]+/.exec(text)?.[0] ?? ''
  const bare = firstLine.replaceAll(/"[^"]*"/g, '')
  const counted = delimiters.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length - 1 }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).delimiter
}
