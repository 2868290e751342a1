import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface Announcement {
  id: number
  text: string
  tone: 'error' | 'good'
}

const most = 5

/** What is told in a corner of the page, whatever page it is. */
export const useAnnouncements = defineStore('announcements', () => {
  const items = ref<Announcement[]>([])
  let lastId = 0

  /** The same text again takes the place of the earlier one, so that it is read out again. */
  function tell(text: string, tone: Announcement['tone']): void {
    const others = items.value.filter((one) => one.text !== text)
    lastId += 1
    items.value = [...others, { id: lastId, text, tone }].slice(-most)
  }
  function close(id: number): void {
    items.value = items.value.filter((one) => one.id !== id)
  }
  return { items, tell, close }
})
