import { languages } from '../../contract/text.ts'
import type { Language } from '../../contract/text.ts'
import { translate } from '../../messages/message.ts'
import type { ImportKind } from './definition.ts'
import { plain } from './plain.ts'

/** Heading of a column in a language. */
export function titleOf(
  kind: Pick<ImportKind, 'kind' | 'columns'>,
  column: string,
  language: Language,
): string {
  const own = kind.columns[column]?.titles?.[language]
  return own ?? translate(language, `import.columns.${kind.kind}.${column}`)
}

/**
 * All headings that name a column, plain: its code, its titles in the three languages, its other names. `named`: the only heading of a column,
 * where a person said it.
 */
export function headingsOf(
  kind: ImportKind,
  named: Readonly<Record<string, string>> = {},
): Map<string, string> {
  const known = Object.entries(kind.columns).flatMap(([code, { aliases = [] }]) => {
    if (Object.hasOwn(named, code)) return []
    const titles = languages.map((language) => titleOf(kind, code, language))
    return [code, ...titles, ...aliases].map((heading) => [plain(heading), code] as const)
  })
  return new Map([
    ...known,
    ...Object.entries(named).map(([code, heading]) => [plain(heading), code] as const),
  ])
}
