import { languages } from '../../contract/text.ts'
import type { Language } from '../../contract/text.ts'
import { translate } from '../../messages/message.ts'
import type { ImportKind } from './definition.ts'
import { plain } from './plain.ts'

/** Heading of a column in a language. */
export function titleOf(kind: Pick<ImportKind, 'kind'>, column: string, language: Language): string {
  return translate(language, `import.columns.${kind.kind}.${column}`)
}

/** All headings that name a column, plain: its code, its titles in the three languages, its other names. */
export function headingsOf(kind: ImportKind): Map<string, string> {
  return new Map(
    Object.entries(kind.columns).flatMap(([code, { aliases = [] }]) => {
      const titles = languages.map((language) => titleOf(kind, code, language))
      return [code, ...titles, ...aliases].map((heading) => [plain(heading), code] as const)
    }),
  )
}
