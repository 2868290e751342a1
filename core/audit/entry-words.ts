import type { AuditEntry } from '../contract/resources/privacy.ts'
import type { Language } from '../contract/text.ts'
import { coreMessages, findText } from '../messages/message.ts'
import type { StoredEntry } from './list-entries.ts'

/** An entry with words for its table and columns, and its content column by column. */
export function entryInWords({ before, after, at, ...entry }: StoredEntry, language: Language): AuditEntry {
  return {
    ...entry,
    at: at.toISOString(),
    tableTitle: tableTitle(entry.table, language),
    changes: changesOf(before, after)
      .filter(({ column }) => !Object.hasOwn(entry.key, column))
      .map(({ column, from, to }) => ({ column, says: columnWord(column, language), from, to })),
  }
}

const columnWord = (column: string, language: Language) =>
  findText(coreMessages[language], `audit.columns.${column}`) ??
  findText(coreMessages[language], `personalData.columns.${column}`)

/** null: a table of a plugin, or one that has no word. */
export function tableTitle(table: string, language: Language): string | null {
  const name = table.startsWith('core.') ? table.slice('core.'.length) : null
  return name === null ? null : findText(coreMessages[language], `audit.tables.${name}`)
}

/** What a row that came or went had no value for is left out; its key stands in the head of the entry. */
function changesOf(before: StoredEntry['before'], after: StoredEntry['after']) {
  const columns = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return columns
    .map((column) => ({ column, from: before?.[column] ?? null, to: after?.[column] ?? null }))
    .filter(({ from, to }) => from !== null || to !== null)
}
