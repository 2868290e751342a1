import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { useAnnouncements } from './announcements.ts'

beforeEach(() => {
  setActivePinia(createPinia())
})

test('the same text again stands once, as the newest, under another number', () => {
  const announcements = useAnnouncements()
  announcements.tell('refused', 'error')
  announcements.tell('saved', 'good')
  const [first] = announcements.items
  announcements.tell('refused', 'error')
  expect(announcements.items.map(({ text }) => text)).toEqual(['saved', 'refused'])
  expect(announcements.items.at(-1)?.id).not.toBe(first?.id)
})

test('of more than five the oldest go, and each can be closed', () => {
  const announcements = useAnnouncements()
  for (const text of ['1', '2', '3', '4', '5', '6']) announcements.tell(text, 'error')
  expect(announcements.items.map(({ text }) => text)).toEqual(['2', '3', '4', '5', '6'])
  announcements.close(announcements.items[0]!.id)
  expect(announcements.items.map(({ text }) => text)).toEqual(['3', '4', '5', '6'])
})
