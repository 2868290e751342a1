import type { Transaction } from 'kysely'
import type { Fault, ProblemParams } from '../contract/problem.ts'
import type { ImportReport } from '../contract/resources/people.ts'
import type { Language } from '../contract/text.ts'
import type { FileAnswer } from './route.ts'

/** Rows of a table as texts; '' is an empty cell. Row 0 is line 1 of the file. */
export interface TableCells {
  rows: string[][]
  /** What the reader should know about the file as a whole. */
  notices: Fault[]
}

/** What is wrong with a cell; its text is `issue.<code>` of core, or of the plugin where the code begins with the plugin's id. */
export interface WrongCell {
  code: string
  params: ProblemParams
}

/** A row by the codes of its columns; values in canonical text, null: not known. */
export type TableRow = Readonly<Record<string, string | null>>

/** A line of the file on its way through the checks. */
export interface TableLine {
  /** 1 = header. */
  line: number
  /** Only the columns that the file has, and only cells that could be read. */
  values: TableRow
  faults: Fault[]
  warnings: Fault[]
  /** The row in the database before; null: there is none. */
  before: TableRow | null
  /** The row as it shall be: `before` with the file's columns over it. */
  after: TableRow
}

export interface TableColumn<Tables> {
  /** The canonical text of a cell (never empty, tidied), or what is wrong with it. `text`: one line, at most 300 characters; `code`: at most 64. */
  read: 'text' | 'code' | 'day' | 'year' | ((text: string) => string | WrongCell)
  /** true: the heading must be there and every cell filled in. */
  required?: true
  /** Whose code it is; it must exist. */
  refersTo?: 'unit' | 'teacher'
  /** All codes of the plugin's own that a cell may name; an unknown one is refused with the nearest that is known. */
  among?(trx: Transaction<Tables>): Promise<readonly string[]>
  /** Headings besides the code and the titles in three languages. */
  aliases?: readonly string[]
  /** For the template; by language where it differs. */
  example: string | Readonly<Record<Language, string>>
}

/**
 * One kind of table that a plugin takes in; core reads, checks, compares and reports, the plugin's SQL writes. Its texts are
 * `imports.<kind>.name` and `imports.<kind>.columns.<column>`.
 */
export interface TableImport<Tables> {
  kind: string
  columns: Readonly<Record<string, TableColumn<Tables>>>
  /** Columns that together name a row. */
  key: readonly string[]
  /** Rows of the database that these lines meet, with all columns. */
  readKnown(trx: Transaction<Tables>, lines: readonly TableLine[]): Promise<TableRow[]>
  /** Adds faults and warnings that one cell alone does not show. */
  check?(lines: readonly TableLine[], known: readonly TableRow[]): void
  insert(trx: Transaction<Tables>, rows: readonly TableRow[]): Promise<void>
  update(trx: Transaction<Tables>, rows: readonly TableRow[]): Promise<void>
  /** Once after anything was written, in the same transaction; the lines that were. */
  finish?(trx: Transaction<Tables>, written: readonly TableLine[]): Promise<void>
}

/** A cell: text, a number, or null for an empty one. */
export type TableCell = string | number | null

/** A table to be downloaded. */
export interface TableFile {
  /** File name without its ending. */
  name: string
  /** Of the sheet, in the reader's words; absent: the file's name. */
  title?: string
  columns: readonly string[]
  rows: readonly (readonly TableCell[])[]
  /** Of a CSV; Excel in Kazakh and Russian expects a semicolon. Default: a comma. */
  delimiter?: ',' | ';'
}

export interface TableOrder {
  cells: TableCells
  /** true: only say what would be done. */
  dryRun: boolean
  /** Of the report. */
  language: Language
  /** Column -> the file's own heading of it, where a person said so; it goes before every known heading. */
  headings?: Readonly<Record<string, string>>
}

/** Tables as core reads and writes them everywhere, for a plugin's own rows. */
export interface TableAccess<Tables> {
  /** CSV (UTF-8, UTF-16, windows-1251; comma, semicolon, tab), XLSX or ODS, told apart by content. Throws `import-...` problems with what to do. */
  read(content: Buffer): Promise<TableCells>
  /**
   * Brings the plugin's rows up to what a table says, all or nothing: one line with an issue, and nothing is written. New keys are created,
   * known ones changed where they differ, nothing is ever deleted. One import at a time; a dry run waits for nobody. Throws
   * `import-columns-missing`, `import-columns-twice`, `import-heading-unknown`, `import-file-empty`.
   */
  import(kind: TableImport<Tables>, order: TableOrder): Promise<ImportReport>
  /** A table as a file; texts that a spreadsheet would run as formulas are disarmed. */
  write(table: TableFile, format: 'csv' | 'xlsx'): Promise<FileAnswer>
  /** An empty table with the columns of a kind and one example line. */
  template(kind: TableImport<Tables>, format: 'csv' | 'xlsx', language: Language): Promise<FileAnswer>
}
