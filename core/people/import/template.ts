import type { Language } from '../../contract/text.ts'
import { translate } from '../../messages/message.ts'
import type { FileAnswer } from '../../plugin/route.ts'
import { writeTable } from '../../reports/table-file.ts'
import type { TableFile } from '../../reports/table-file.ts'
import type { ImportKind, ImportKindName } from './definition.ts'
import { imports } from './kinds/index.ts'
import { titleOf } from './titles.ts'

/** The table that an import expects: headings in the reader's language and one example line. */
export async function importTemplate(
  name: ImportKindName,
  format: 'csv' | 'xlsx',
  language: Language,
): Promise<FileAnswer> {
  return await writeTable(templateTable(name, language), format)
}

export function templateTable(name: ImportKindName, language: Language): TableFile {
  return templateOf(imports[name], language)
}

/** The same of a kind that is none of people. */
export function templateOf(
  kind: Pick<ImportKind, 'kind' | 'columns' | 'names'>,
  language: Language,
): TableFile {
  const columns = Object.entries(kind.columns)
  return {
    name: kind.names?.[language] ?? translate(language, `import.kinds.${kind.kind}`),
    columns: columns.map(([code]) => titleOf(kind, code, language)),
    rows: [columns.map(([, { example }]) => (typeof example === 'string' ? example : example[language]))],
    delimiter: language === 'en' ? ',' : ';',
  }
}
