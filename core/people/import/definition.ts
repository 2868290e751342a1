import type { Transaction } from 'kysely'
import type { ImportReport, importKinds } from '../../contract/resources/people.ts'
import type { Fault, ProblemParams } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { Language } from '../../contract/text.ts'
import { readChoice } from './read-value.ts'
import type { ChoiceList, ReadValue } from './read-value.ts'

export type ImportKindName = (typeof importKinds)[number]
export type Outcome = ImportReport['lines'][number]['outcome']

/** A row by the codes of its columns; values in canonical text, null: not known. */
export type Row = Readonly<Record<string, string | null>>

export interface Column {
  read: ReadValue
  /** true: the heading must be there and every cell filled in. */
  required?: true
  /** The list whose values it names. */
  list?: ChoiceList
  /** Whose code it is; it must exist in the database. */
  refersTo?: 'unit' | 'teacher'
  /** All codes that it may name besides those of core's tables; an unknown one is refused. */
  among?(trx: Transaction<CoreTables>): Promise<readonly string[]>
  /** Heading where it does not stand in core's messages. */
  titles?: Readonly<Record<Language, string>>
  /** Headings besides the code and the titles in three languages (messages `import.columns.<kind>.<code>`). */
  aliases?: readonly string[]
  /** For the template; by language where it differs. */
  example: string | Readonly<Record<Language, string>>
}

/** A line of the file on its way through the checks. */
export interface Line {
  /** 1 = header. */
  line: number
  /** Only the columns that the file has, and only cells that could be read. */
  values: Row
  faults: Fault[]
  warnings: Fault[]
  /** The row in the database before; null: there is none. */
  before: Row | null
  /** The row as it shall be: `before` with the file's columns over it. */
  after: Row
  outcome: Outcome
}

/** One kind of import: its columns, what stands in the database, and how rows are written. One engine serves all kinds. */
export interface ImportKind {
  /** Names its texts: messages `import.columns.<kind>`. */
  kind: ImportKindName | 'old-rating' | (string & {})
  /** How it is called where that does not stand in core's messages. */
  names?: Readonly<Record<Language, string>>
  /** What an issue says where its text may stand in a plugin's messages. */
  describeIssue?(language: Language, code: string, params: ProblemParams): string
  columns: Readonly<Record<string, Column>>
  /** Columns that together name a row. */
  key: readonly string[]
  /** Rows of the database that these lines meet, and those that `check` must know besides, with all columns. */
  readKnown(trx: Transaction<CoreTables>, lines: readonly Line[]): Promise<Row[]>
  /** Adds faults and warnings that one cell alone does not show. */
  check?(lines: readonly Line[], known: readonly Row[]): void
  insert(trx: Transaction<CoreTables>, rows: readonly Row[]): Promise<void>
  update(trx: Transaction<CoreTables>, rows: readonly Row[]): Promise<void>
  /** Once after anything was written; the lines that were. */
  finish?(trx: Transaction<CoreTables>, written: readonly Line[]): Promise<void>
}

export function keyOf(kind: Pick<ImportKind, 'key'>, row: Row): string {
  return kind.key.map((column) => row[column] ?? '—').join(' · ')
}

/** What a column has whose cells name values of a list. */
export function choice(list: ChoiceList): Pick<Column, 'read' | 'list'> {
  return { list, read: readChoice(list) }
}
