import { expect, test } from 'vitest'
import { forgetDraft, readStoredDraft, storeDraft } from './stored-draft.ts'

function createStore(entries: Record<string, string> = {}, room = Infinity) {
  const kept = new Map(Object.entries(entries))
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, text: string) {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, text)
    },
    removeItem: (key: string) => void kept.delete(key),
  }
}

test('what is unsaved comes back with the revision it rests on, until it is forgotten', () => {
  const store = createStore()
  const draft = { revision: 3, document: { code: 'x' } }
  expect(storeDraft(store, 7, draft)).toBe(true)
  expect(readStoredDraft(store, 7)).toEqual(draft)
  expect(readStoredDraft(store, 8)).toBeNull()
  forgetDraft(store, 7)
  expect(readStoredDraft(store, 7)).toBeNull()
})

test('what cannot be read is nothing, and a lack of room is said', () => {
  const key = 'ustaz.regulation-draft.7'
  for (const text of ['', '{', '[]', '{"revision":"1","document":{}}', '{"revision":1}']) {
    expect(readStoredDraft(createStore({ [key]: text }), 7)).toBeNull()
  }
  expect(storeDraft(createStore({}, 10), 7, { revision: 1, document: 'x'.repeat(20) })).toBe(false)
})
