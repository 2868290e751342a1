import { onScopeDispose, ref, watch } from 'vue'
import type { Ref } from 'vue'
import { forgetDraft, readStoredDraft, storeDraft } from '../logic/stored-draft.ts'
import { useDelay } from './use-delay.ts'

interface Edited {
  id: number
  document: Readonly<Ref<unknown>>
  isChanged: Readonly<Ref<boolean>>
  /** Text that is no document and so cannot be kept as one; null: there is none. */
  unreadable: Readonly<Ref<string | null>>
  /** The revision that what is written rests on. */
  revision(): number
}

/** What an earlier visit left unsaved; null: nothing that differs from the document. */
export function readUnsaved(id: number, document: unknown) {
  const stored = readStoredDraft(localStorage, id)
  return stored && JSON.stringify(stored.document) !== JSON.stringify(document) ? stored : null
}

/** Keeps what is unsaved in this browser while it is written; where there is no room, the browser warns before the page is left. */
export function useDraftKeeping({ id, document, isChanged, unreadable, revision }: Edited) {
  /** false: there is no room for it. */
  const isKept = ref(true)
  function keep(): void {
    if (!isChanged.value) forgetDraft(localStorage, id)
    else isKept.value = storeDraft(localStorage, id, { revision: revision(), document: document.value })
  }
  const delay = useDelay(keep, 200)
  watch([document, isChanged], delay.start)
  const leave = (event: BeforeUnloadEvent) => {
    keep()
    if (unreadable.value !== null || (isChanged.value && !isKept.value)) event.preventDefault()
  }
  addEventListener('beforeunload', leave)
  onScopeDispose(() => {
    removeEventListener('beforeunload', leave)
    keep()
  })
  return { isKept, keep }
}
