import { isDeepStrictEqual } from 'node:util'
import type { FactChange } from '../../../contract/resources/run-comparison.ts'

/** A frozen fact by the names of its columns. */
export type FactContent = Record<string, unknown> & { attributes: Record<string, unknown> }

/**
 * What differs between one fact as two snapshots hold it, its attributes among the rest; absent and null are alike. Fields bear
 * the contract's names: happenedOn for happened_on.
 */
export function factChanges(before: FactContent, after: FactContent): FactChange[] {
  return changesOf(fieldsOf(before), fieldsOf(after))
}

/** The fields in which two records differ. */
export function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): FactChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => !isDeepStrictEqual(change.before, change.after))
}

function fieldsOf({ attributes, ...columns }: FactContent): Record<string, unknown> {
  const own = Object.entries(columns).map(([name, value]) => [camelCase(name), value] as const)
  return { ...Object.fromEntries(own), ...attributes }
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
