import { getActor } from '@ustaz/core/contract'
import { computed } from 'vue'
import { useApiQuery } from './use-api-query.ts'

/** What whoever is asking may do; the server decides again at every request. Until it is known nothing is offered. */
export function useRights() {
  const actor = useApiQuery(getActor, () => ({}))
  return {
    /** null: not known yet. */
    accountId: computed(() => actor.data.value?.id ?? null),
    /** Of the account's own teacher; null: it is no teacher, or not known yet. */
    teacherId: computed(() => actor.data.value?.teacherId ?? null),
    /** false: nothing is known yet. */
    isKnown: computed(() => actor.data.value !== undefined),
    may: (action: string) => actor.data.value?.actions.includes(action) ?? false,
    /** Whether the account has a role, for what is shown first; what it may do is asked by `may`. */
    is: (role: string) => actor.data.value?.roles.some((one) => one.role === role) ?? false,
  }
}
