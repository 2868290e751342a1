import type { KindRecord } from '@ustaz/core/plugin'
import { textOf } from './entry-text.ts'
import type { FieldsOfKind } from './entry-text.ts'
import type { Labelled } from './learn-task.ts'

export const kindTask = 'kind'
export const fieldTask = (indicator: string, field: string) => `${indicator}/${field}`

/** What there is to learn: the kind by the title, and each choice of each kind by everything written. */
export function* labelledBy(
  entries: readonly Omit<KindRecord, 'participants'>[],
  kinds: ReadonlyMap<string, FieldsOfKind>,
): Generator<{ task: string; labelled: Labelled[] }> {
  const known = entries.filter(({ indicator }) => kinds.has(indicator))
  yield {
    task: kindTask,
    labelled: known.map(({ id, title, indicator }) => ({ key: String(id), text: title, label: indicator })),
  }
  for (const [indicator, own] of Map.groupBy(known, (entry) => entry.indicator)) {
    const fields = kinds.get(indicator)!
    for (const field of fields.choices) {
      const labelled = own.flatMap(({ id, data }) => {
        const label = data[field]
        return typeof label === 'string' ? [{ key: String(id), text: textOf(data, fields), label }] : []
      })
      yield { task: fieldTask(indicator, field), labelled }
    }
  }
}
