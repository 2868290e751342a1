import { getActor } from '@ustaz/core/contract'
import { useApiQuery } from '@ustaz/web/panel'
import { computed } from 'vue'

/** What the reader may do with consultations; the server decides again. */
export function useRights() {
  const actor = useApiQuery(getActor, () => ({}))
  const may = (action: string) => actor.data.value?.actions.includes(action) ?? false
  return {
    query: actor,
    /** Whether it is known yet. */
    known: computed(() => actor.data.value !== undefined),
    accountId: computed(() => actor.data.value?.id ?? null),
    read: computed(() => may('consultation.read')),
    manage: computed(() => may('consultation.manage')),
  }
}
