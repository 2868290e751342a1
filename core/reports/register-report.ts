import type { RegisterEntry } from '../contract/resources/privacy.ts'
import type { Language } from '../contract/text.ts'
import { translate } from '../messages/message.ts'
import type { TableFile } from './table-file.ts'

const headings = ['owner', 'table', 'column', 'says', 'purpose', 'basis', 'keep', 'readers', 'erase'] as const

/** The register of personal data as a table: a row for each column. */
export function registerReport(entries: readonly RegisterEntry[], language: Language): TableFile {
  return {
    name: 'personal-data',
    title: translate(language, 'sheets.register'),
    columns: headings.map((heading) => translate(language, `personalData.heading.${heading}`)),
    rows: entries.flatMap(({ owner, table, columns, purpose, basis, keep, readers, erase }) =>
      columns.map(({ name, says }) => [
        owner,
        table,
        name,
        says,
        purpose,
        basis,
        keep,
        readers.join(', '),
        erase,
      ]),
    ),
  }
}
