import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { ImportKind, Line } from './definition.ts'
import { findNearest } from './nearest.ts'
import type { Wrong } from './read-value.ts'

/** So many different unknown codes get a suggestion; with more the file as a whole is not what it should be. */
const suggestions = 30

/** Codes of units, teachers and other things that lines name must exist; an unknown one is named with the nearest that does. */
export async function checkReferences(
  trx: Transaction<CoreTables>,
  kind: ImportKind,
  lines: readonly Line[],
): Promise<void> {
  for (const [column, { refersTo, among }] of Object.entries(kind.columns)) {
    if (!refersTo && !among) continue
    const named = new Set(lines.flatMap(({ values }) => values[column] ?? []))
    const unknown = refersTo
      ? await describeUnknown(trx, refersTo, [...named])
      : describeStrange((await among?.(trx)) ?? [], named)
    for (const { values, faults } of lines) {
      const wrong = unknown.get(values[column] ?? '')
      if (wrong) faults.push({ path: column, ...wrong })
    }
  }
}

async function describeUnknown(
  trx: Transaction<CoreTables>,
  table: 'unit' | 'teacher',
  named: string[],
): Promise<Map<string, Wrong>> {
  const { rows } = await sql<{ code: string }>`
    select code from unnest(${named}::text[]) code
    where not exists (select from ${sql.table(table)} known where known.code = code.code)`.execute(trx)
  if (rows.length === 0) return new Map()
  const known = await trx.selectFrom(table).select('code').execute()
  const codes = known.map(({ code }) => code)
  return new Map(rows.map(({ code }, i) => [code, unknownCode(table, code, i < suggestions ? codes : [])]))
}

function describeStrange(known: readonly string[], named: ReadonlySet<string>): Map<string, Wrong> {
  const knownCodes = new Set(known)
  const strange = [...named].filter((value) => !knownCodes.has(value))
  return new Map(
    strange.map((value, i): [string, Wrong] => {
      const near = i < suggestions ? findNearest(value, known) : null
      if (near === null) return [value, { code: 'import.unknown-code', params: { value } }]
      return [value, { code: 'import.choice-near', params: { value, near } }]
    }),
  )
}

export function unknownCode(table: 'unit' | 'teacher', value: string, codes: Iterable<string>): Wrong {
  const near = findNearest(value, codes)
  if (near === null) return { code: `import.unknown-${table}`, params: { value } }
  return { code: `import.unknown-${table}-near`, params: { value, near } }
}
