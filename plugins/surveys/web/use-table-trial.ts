import { useProblem } from '@ustaz/web/panel'
import { ref, shallowRef } from 'vue'

/**
 * A table that is tried first and carried out when a person has seen what would be done. `ask` sends it; what it answers stands in `report`
 * until the next attempt, what went wrong in `fault`, in words.
 */
export function useTableTrial<Report>(ask: (file: File, dryRun: boolean) => Promise<Report>) {
  const { explain } = useProblem()
  const file = ref<File | null>(null)
  const report = shallowRef<Report | null>(null)
  const fault = ref('')
  const busy = ref(false)

  async function send(dryRun: boolean): Promise<void> {
    if (!file.value) return
    busy.value = true
    fault.value = ''
    try {
      report.value = await ask(file.value, dryRun)
    } catch (error) {
      fault.value = explain(error)
      report.value = null
    } finally {
      busy.value = false
    }
  }
  async function take([given]: File[]): Promise<void> {
    file.value = given ?? null
    await send(true)
  }
  return { file, report, fault, busy, send, take }
}
