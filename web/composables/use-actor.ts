import { getActor } from '@ustaz/core/contract'
import { computed } from 'vue'
import { useApiQuery } from './use-api-query.ts'

/** As whom one acts, and what that account may do; nothing while it is not known yet. */
export function useActor() {
  const query = useApiQuery(getActor, () => ({}))
  const actor = computed(() => query.data.value ?? null)
  return { actor, may: (action: string) => actor.value?.actions.includes(action) ?? false }
}
