import { useQueryCache } from '@pinia/colada'
import { ref } from 'vue'
import { useProblem } from './use-problem.ts'

/** What recording who stands in and recording relatives have in common. */
export function useAbsencePart() {
  const { explain, announce, confirm } = useProblem()
  const cache = useQueryCache()
  const page = ref(1)
  const fault = ref('')
  const busy = ref(false)

  /** Does it and says so; false: it was refused, and `fault` says why. */
  async function record(write: () => Promise<unknown>, said: string): Promise<boolean> {
    busy.value = true
    fault.value = ''
    try {
      await write()
      confirm(said)
      await cache.invalidateQueries()
      return true
    } catch (error) {
      fault.value = explain(error)
      return false
    } finally {
      busy.value = false
    }
  }
  async function takeBack(write: () => Promise<unknown>): Promise<void> {
    await write().then(() => cache.invalidateQueries(), announce)
  }
  return { page, fault, busy, record, takeBack }
}
