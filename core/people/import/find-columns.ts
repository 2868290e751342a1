import type { Fault } from '../../contract/problem.ts'
import { UstazError } from '../../contract/problem.ts'
import type { Language } from '../../contract/text.ts'
import type { ImportKind } from './definition.ts'
import { plain } from './plain.ts'
import { tidy } from './read-value.ts'
import { headingsOf, titleOf } from './titles.ts'

export interface FoundColumns {
  /** Place in a row by the column's code; absent columns are absent. */
  places: ReadonlyMap<string, number>
  notices: Fault[]
}

export interface HeadingOrder {
  /** Of what is told. */
  language: Language
  /** Column -> the file's own heading of it, where a person said so; it goes before every known heading. */
  headings?: Readonly<Record<string, string>>
}

/**
 * Which column stands where, by headings in any of the languages, in any order. Throws `import-columns-missing` with
 * the titles looked for and the headings found, `import-columns-twice`, `import-heading-unknown` (a person named a column or heading
 * that is not there); unknown headings are noticed.
 */
export function findColumns(
  kind: ImportKind,
  header: readonly string[],
  { language, headings: named = {} }: HeadingOrder,
): FoundColumns {
  refuseStrange(kind, header, named)
  const headings = headingsOf(kind, named)
  const places = new Map<string, number>()
  const unknown: string[] = []
  for (const [place, heading] of header.map(tidy).entries()) {
    const code = headings.get(plain(heading))
    if (code === undefined) unknown.push(...(heading === '' ? [] : [heading]))
    else if (places.has(code))
      throw wrongHeader('import-columns-twice', { columns: [titleOf(kind, code, language)] })
    else places.set(code, place)
  }
  refuseMissing(kind, places, header, language)
  const notices =
    unknown.length === 0 ? [] : [{ path: '', code: 'import.unknown-columns', params: { columns: unknown } }]
  return { places, notices }
}

function refuseStrange(kind: ImportKind, header: readonly string[], named: Readonly<Record<string, string>>) {
  const present = new Set(header.map((heading) => plain(tidy(heading))))
  for (const [column, heading] of Object.entries(named)) {
    if (Object.hasOwn(kind.columns, column) && present.has(plain(heading))) continue
    throw wrongHeader('import-heading-unknown', { column: [column], heading: [heading] })
  }
}

function refuseMissing(
  kind: ImportKind,
  places: ReadonlyMap<string, number>,
  header: readonly string[],
  language: Language,
) {
  const missing = Object.entries(kind.columns).filter(([code, { required }]) => required && !places.has(code))
  if (missing.length === 0) return
  const columns = missing.map(([code]) => titleOf(kind, code, language))
  throw wrongHeader('import-columns-missing', {
    columns,
    found: header.map(tidy).filter(Boolean).slice(0, 20),
  })
}

function wrongHeader(code: string, params: Record<string, string[]>): UstazError {
  return new UstazError(code, { status: 422, params })
}
