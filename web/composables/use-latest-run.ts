import { listRuns } from '@ustaz/core/contract'
import { computed } from 'vue'
import { useApiQuery } from './use-api-query.ts'

/** The newest official run that is done; `run` null: there is none, undefined: not known yet. */
export function useLatestRun() {
  const query = useApiQuery(listRuns, () => ({
    query: { state: 'done' as const, purpose: 'official' as const, pageSize: 1 },
  }))
  return {
    query,
    run: computed(() => (query.data.value ? (query.data.value.items[0] ?? null) : undefined)),
  }
}
