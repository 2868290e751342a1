import { getActor } from '@ustaz/core/contract'
import { computed } from 'vue'
import { useSession } from '../stores/session.ts'
import { useApiQuery } from './use-api-query.ts'

/**
 * What whoever is asking may do; the server decides again at every request. First what was told when the page was loaded, then what is
 * asked anew; who has no role may not even ask.
 */
export function useRights() {
  const session = useSession()
  const asked = useApiQuery(getActor, () => (session.account?.roles.length ? {} : null))
  const actor = computed(() => asked.data.value ?? session.account)
  return {
    /** null: nobody is signed in. */
    accountId: computed(() => actor.value?.id ?? null),
    /** Of the account's own teacher; null: it is no teacher. */
    teacherId: computed(() => actor.value?.teacherId ?? null),
    /** false: nobody is signed in. */
    isKnown: computed(() => actor.value !== null),
    may: (action: string) => actor.value?.actions.includes(action) ?? false,
    /** Whether the account has a role, for what is shown first; what it may do is asked by `may`. */
    is: (role: string) => actor.value?.roles.some((one) => one.role === role) ?? false,
  }
}
