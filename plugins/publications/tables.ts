import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export interface JournalListTable {
  id: Generated<number>
  source: 'sjr' | 'wos' | 'scopus' | 'koksnvo'
  year: number
  loaded_at: ColumnType<Date, Date | undefined, Date>
  rows: number
  sha256: string
}
export interface JournalListEntryTable {
  list_id: number
  line: number
  issn: string | null
  title: string
  title_key: string
  quartile: number | null
  percentile: string | null
  category: string | null
}
export interface JournalStandingTable {
  issn: string
  from_year: number
  until_year: number
  quartile: number | null
  quartile_list: string | null
  wos_quartile: number | null
  percentile: string | null
  recommended: boolean | null
}
export interface DoiAnswerTable {
  doi: string
  status: 'found' | 'not-found'
  answer: JSONColumnType<Record<string, unknown>> | null
  fetched_at: ColumnType<Date, Date, Date>
}

/** The tables of this plugin, in its own schema. */
export interface PublicationTables {
  journal_list: JournalListTable
  journal_list_entry: JournalListEntryTable
  journal_standing: JournalStandingTable
  doi_answer: DoiAnswerTable
}
