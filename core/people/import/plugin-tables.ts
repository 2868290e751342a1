import type { Kysely, Transaction } from 'kysely'
import { languages } from '../../contract/text.ts'
import type { Language } from '../../contract/text.ts'
import { schemaOf } from '../../database/migrate.ts'
import type { CoreTables } from '../../database/tables.ts'
import { findText } from '../../messages/message.ts'
import { createTexts } from '../../messages/texts.ts'
import type { Messages } from '../../plugin/definition.ts'
import type { TableAccess, TableColumn, TableImport } from '../../plugin/table-import.ts'
import { writeTable } from '../../reports/table-file.ts'
import type { Column, ImportKind } from './definition.ts'
import { importCells } from './import-table.ts'
import { readCells } from './read-cells.ts'
import { readDay, readYear, text } from './read-value.ts'
import { templateOf } from './template.ts'

type MessagesOf = (pluginId: string) => Readonly<Record<Language, Messages>> | null

/** Tables lent to a plugin: the same engine as for people, on the plugin's own tables and texts. */
export function pluginTables(
  db: Kysely<CoreTables>,
  messagesOf: MessagesOf,
  pluginId: string,
): TableAccess<never> {
  const toKind = (kind: TableImport<never>) => importKindOf(kind, messagesOf, pluginId)
  return {
    read: readCells,
    import: async (kind, order) => await importCells(db, toKind(kind), order),
    write: writeTable,
    template: async (kind, format, language) => await writeTable(templateOf(toKind(kind), language), format),
  }
}

function importKindOf(given: TableImport<never>, messagesOf: MessagesOf, pluginId: string): ImportKind {
  const own = (trx: Transaction<CoreTables>) =>
    trx.withSchema(schemaOf(pluginId)) as unknown as Transaction<never>
  const said = (key: string) => {
    const textIn = (language: Language) => findText(messagesOf(pluginId)?.[language] ?? {}, key) ?? key
    return Object.fromEntries(languages.map((language) => [language, textIn(language)])) as Record<
      Language,
      string
    >
  }
  const texts = createTexts(messagesOf)
  const { kind, columns, key } = given
  return {
    kind: `${pluginId}.${kind}`,
    names: said(`imports.${kind}.name`),
    describeIssue: texts.issue,
    key,
    columns: Object.fromEntries(
      Object.entries(columns).map(([code, column]) => [
        code,
        { ...columnOf(column, own), titles: said(`imports.${kind}.columns.${code}`) },
      ]),
    ),
    readKnown: async (trx, lines) => await given.readKnown(own(trx), lines),
    ...(given.check ? { check: given.check.bind(given) } : {}),
    insert: async (trx, rows) => {
      await given.insert(own(trx), rows)
    },
    update: async (trx, rows) => {
      await given.update(own(trx), rows)
    },
    finish: async (trx, written) => {
      await given.finish?.(own(trx), written)
    },
  }
}

const readers = { text: text(300), code: text(64), day: readDay, year: readYear }

function columnOf(
  { read, among, ...column }: TableColumn<never>,
  own: (trx: Transaction<CoreTables>) => Transaction<never>,
): Column {
  return {
    ...column,
    read: typeof read === 'string' ? readers[read] : (value) => read(value),
    ...(among ? { among: async (trx: Transaction<CoreTables>) => await among(own(trx)) } : {}),
  }
}
