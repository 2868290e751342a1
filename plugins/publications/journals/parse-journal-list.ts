import { parse } from 'csv-parse/sync'
import { fold } from '../fold.ts'
import { checkIssn } from '../identifiers.ts'

/** A journal (in one category, where the list has them) as a list of one year ranks it. null: the list does not say. */
export type JournalRow = {
  line: number
  title: string
  /** NNNN-NNNC, each with a right check digit; empty when the list names journals by title only */
  issns: string[]
  /** 1 (best) to 4 */
  quartile: number | null
  /** 0 to 100, 100 the best */
  percentile: number | null
  category: string | null
}

export type RefusedRow = { line: number; reason: string; params: Record<string, string>; excerpt: string }

/** `droppedIssns`: how many ISSNs were left out for a wrong form or check digit, their rows being kept. */
export type ParsedJournalList = { rows: JournalRow[]; refused: RefusedRow[]; droppedIssns: number }

/** Headings of the columns as SCImago, Scopus, Journal Citation Reports and hand-made lists write them, folded. */
const headings = {
  title: [
    'title',
    'journaltitle',
    'sourcetitle',
    'journal',
    'journalname',
    'название',
    'названиежурнала',
    'атауы',
    'журналатауы',
  ],
  issn: [
    'issn',
    'issns',
    'printissn',
    'eissn',
    'pissn',
    'onlineissn',
    'issn1',
    'issn2',
    'issnprint',
    'issnonline',
  ],
  quartile: [
    'quartile',
    'bestquartile',
    'sjrbestquartile',
    'sjrquartile',
    'jifquartile',
    'jcrquartile',
    'q',
    'квартиль',
  ],
  percentile: [
    'percentile',
    'highestpercentile',
    'citescorepercentile',
    'bestpercentile',
    'процентиль',
    'перцентиль',
  ],
  category: [
    'category',
    'categories',
    'subject',
    'subjectarea',
    'subjectcategory',
    'категория',
    'санаты',
    'sanaty',
  ],
} as const
type Column = keyof typeof headings

type Columns = Record<Column, number[]>

function columnsOf(header: readonly string[]): Columns {
  const names = header.map((name) => fold(name))
  const places = (column: Column) =>
    names.flatMap((name, i) => ((headings[column] as readonly string[]).includes(name) ? [i] : []))
  return {
    title: places('title').slice(0, 1),
    issn: places('issn'),
    quartile: places('quartile').slice(0, 1),
    percentile: places('percentile').slice(0, 1),
    category: places('category').slice(0, 1),
  }
}

/** The separator that occurs most in the heading: comma, semicolon (SCImago's own downloads) or tab. */
function separatorOf(text: string): string {
  const heading = text.slice(0, text.search(/\r|\n|$/))
  const count = (separator: string) => heading.split(separator).length
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ','
}

const isBlank = (cell: string) => /^(?:[-–—]|n\/?a|none|null)?$/i.test(cell)

/** Quartile 1 to 4 from "Q1", "1" or "I"; undefined when the cell holds something else. */
function quartileOf(cell: string): number | null | undefined {
  if (isBlank(cell)) return null
  const found = /^q?\s?([1-4])$/i.exec(cell)?.[1]
  return found === undefined ? undefined : Number(found)
}

function percentileOf(cell: string): number | null | undefined {
  if (isBlank(cell)) return null
  const value = Number(
    /^(\d{1,3}(?:[.,]\d+)?)\s?(?:%|th|st|nd|rd)?$/.exec(cell)?.[1]?.replace(',', '.') ?? NaN,
  )
  return value >= 0 && value <= 100 ? value : undefined
}

/** Scopus calls the 75th percentile and above Q1, the 50th Q2, the 25th Q3, the rest Q4. */
export function quartileOfPercentile(percentile: number): number {
  return percentile >= 75 ? 1 : percentile >= 50 ? 2 : percentile >= 25 ? 3 : 4
}

function readRow(cells: readonly string[], columns: Columns, line: number): JournalRow | RefusedRow {
  const cell = (column: Column) => cells[columns[column][0] ?? -1]?.trim() ?? ''
  const refused = (reason: string, value: string): RefusedRow => {
    return { line, reason, params: { value }, excerpt: cells.join(', ').slice(0, 160) }
  }
  const numbers = columns.issn
    .flatMap((place) => (cells[place] ?? '').split(/[;,/\s]+/))
    .filter((text) => !isBlank(text))
  const issns = numbers.map(checkIssn).flatMap((issn) => (issn.ok ? [issn.value] : []))
  const title = cell('title')
  if (issns.length === 0 && fold(title) === '') return refused('journal-not-named', numbers.join(' '))
  const percentile = percentileOf(cell('percentile'))
  if (percentile === undefined) return refused('percentile-form', cell('percentile'))
  const quartile = quartileOf(cell('quartile'))
  if (quartile === undefined) return refused('quartile-form', cell('quartile'))
  const derived = percentile === null ? null : quartileOfPercentile(percentile)
  const category = isBlank(cell('category')) ? null : cell('category')
  return { line, title, issns: [...new Set(issns)], quartile: quartile ?? derived, percentile, category }
}

function droppedIn(cells: readonly string[], columns: Columns): number {
  const numbers = columns.issn
    .flatMap((place) => (cells[place] ?? '').split(/[;,/\s]+/))
    .filter((text) => !isBlank(text))
  return numbers.filter((text) => !checkIssn(text).ok).length
}

const refusedList = (reason: string, params: Record<string, string>, excerpt: string): ParsedJournalList => ({
  rows: [],
  refused: [{ line: 1, reason, params, excerpt: excerpt.slice(0, 160) }],
  droppedIssns: 0,
})

/**
 * Reads a list of journals of one year from CSV with a heading. The columns are found by their names; needed are a title or an
 * ISSN, and a quartile or a percentile unless the list only names journals (`ranked: false`, as the KOKSNVO list does).
 * Rows that cannot be read are refused one by one, each with its line.
 */
export function parseJournalList(csv: string, { ranked = true } = {}): ParsedJournalList {
  const text = csv.replace(/^\ufeff/, '')
  let records: { record: string[]; info: { lines: number } }[]
  try {
    const options = {
      delimiter: separatorOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    } as const
    records = parse(text, options) as unknown as typeof records
  } catch (error) {
    return refusedList('csv-syntax', { detail: error instanceof Error ? error.message : String(error) }, text)
  }
  const [heading, ...body] = records
  const columns = columnsOf(heading?.record ?? [])
  const named = columns.title.length + columns.issn.length > 0
  if (!named || (ranked && columns.quartile.length + columns.percentile.length === 0)) {
    return refusedList('columns-missing', { found: heading?.record.join(', ') ?? '' }, text)
  }
  const read = body.map(({ record, info }) => readRow(record, columns, info.lines))
  return {
    rows: read.filter((row): row is JournalRow => !('reason' in row)),
    refused: read.filter((row): row is RefusedRow => 'reason' in row),
    droppedIssns: body.reduce((sum, { record }) => sum + droppedIn(record, columns), 0),
  }
}
