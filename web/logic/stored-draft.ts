import { asObject } from './json-schema.ts'

/** What somebody wrote and has not saved yet, as this browser keeps it. */
export interface StoredDraft {
  /** The revision that it rests on. */
  revision: number
  document: unknown
}

const keyOf = (versionId: number) => `ustaz.regulation-draft.${versionId}`

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** null: nothing is kept, or what is kept cannot be read. */
export function readStoredDraft(store: Store, versionId: number): StoredDraft | null {
  const { revision, document } = asObject(parse(store.getItem(keyOf(versionId)) ?? 'null'))
  return typeof revision === 'number' && document !== undefined ? { revision, document } : null
}

/** null: it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Keeps it; false: the browser has no room, so that one must be warned before leaving. */
export function storeDraft(store: Store, versionId: number, draft: StoredDraft): boolean {
  try {
    store.setItem(keyOf(versionId), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function forgetDraft(store: Store, versionId: number): void {
  store.removeItem(keyOf(versionId))
}
