import { listRuns } from '@ustaz/core/contract'
import { computed } from 'vue'
import { useApiQuery } from './use-api-query.ts'
import { useRights } from './use-rights.ts'

/**
 * The newest official run that is done; `run` null: there is none, undefined: not known yet, or none of the reader's business, and
 * then it is not asked for.
 */
export function useLatestRun() {
  const { may } = useRights()
  const query = useApiQuery(listRuns, () =>
    may('run.read') ? { query: { state: 'done' as const, purpose: 'official' as const, pageSize: 1 } } : null,
  )
  return {
    query,
    run: computed(() => (query.data.value ? (query.data.value.items[0] ?? null) : undefined)),
  }
}
