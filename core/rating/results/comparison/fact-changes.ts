import { isDeepStrictEqual } from 'node:util'
import type { FactChange } from '../../../contract/resources/run-comparison.ts'
import type { TraceLine } from '../../../contract/resources/runs.ts'

type Fact = NonNullable<TraceLine['fact']>

/** Where a frozen fact stands and what people call it: no content. */
const places = ['factNo', 'evidenceId', 'evidenceTitle', 'indicator', 'attributes']

/** What differs between one fact as two snapshots hold it, its attributes among the rest; absent and null are alike. */
export function factChanges(before: Fact, after: Fact): FactChange[] {
  return changesOf(contentOf(before), contentOf(after))
}

/** The fields in which two records differ. */
export function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): FactChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => !isDeepStrictEqual(change.before, change.after))
}

function contentOf(fact: Fact): Record<string, unknown> {
  const own = Object.entries(fact).filter(([name]) => !places.includes(name))
  return { ...Object.fromEntries(own), ...fact.attributes }
}
