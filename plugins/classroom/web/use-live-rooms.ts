import { pluginRoute, useApi } from '@ustaz/web/panel'
import { onBeforeUnmount, onMounted, ref } from 'vue'
import { followRooms, liveRoomSchema } from '../contract.ts'
import type { LiveRoom } from '../contract.ts'

const againMs = 3000

/** Rooms as they change, by server-sent events; `connected`: whether the server is being heard. It asks again by itself. */
export function useLiveRooms() {
  const api = useApi()
  const rooms = ref(new Map<number, LiveRoom>())
  const connected = ref(false)
  const ending = new AbortController()

  async function follow(): Promise<void> {
    await api.follow(pluginRoute('classroom', followRooms), ending.signal, ({ name, data }) => {
      if (!connected.value) {
        // What was known before the connection broke is old: the page asks for all rooms anew.
        rooms.value.clear()
        connected.value = true
      }
      if (name !== 'rooms') return
      for (const room of liveRoomSchema.array().parse(JSON.parse(data))) rooms.value.set(room.id, room)
    })
  }
  async function keepFollowing(): Promise<void> {
    while (!ending.signal.aborted) {
      // A connection that broke is the ordinary case: the page says that it is not live, and it is tried again.
      await follow().catch(() => undefined)
      connected.value = false
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }
  onMounted(() => {
    void keepFollowing()
  })
  onBeforeUnmount(() => ending.abort())
  return { rooms, connected }
}
