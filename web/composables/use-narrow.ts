import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'

/** Whether the window is as narrow as a phone's. */
export function useNarrow(): Ref<boolean> {
  const query = window.matchMedia('(max-width: 640px)')
  const narrow = ref(query.matches)
  const follow = () => (narrow.value = query.matches)
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return narrow
}
