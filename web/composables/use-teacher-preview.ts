import { previewRegulation } from '@ustaz/core/contract'
import type { RouteResponse } from '@ustaz/core/contract'
import { ref, shallowRef, watch } from 'vue'
import { useApi } from '../api/client.ts'
import { useProblem } from './use-problem.ts'
import { useRegulationEditor } from './use-regulation-editor.ts'

export type Preview = RouteResponse<typeof previewRegulation>

/** What the edited draft gives a teacher, computed anew whenever the server has read what was written. */
export function useTeacherPreview(teacherId: () => number | null) {
  const api = useApi()
  const editor = useRegulationEditor()
  const { explain } = useProblem()
  const preview = shallowRef<Preview | null>(null)
  const fault = ref('')
  const isBusy = ref(false)
  let running: AbortController | null = null

  async function compute(): Promise<void> {
    running?.abort()
    const [teacher, document] = [teacherId(), editor.valid.value]
    if (teacher === null || !document) return
    const controller = (running = new AbortController())
    isBusy.value = true
    try {
      const input = { params: { id: editor.id }, body: { teacherId: teacher, document } }
      preview.value = await api.call(previewRegulation, input, { signal: controller.signal })
      fault.value = ''
    } catch (error) {
      if (controller.signal.aborted) return
      preview.value = null
      fault.value = explain(error)
    } finally {
      if (running === controller) isBusy.value = false
    }
  }
  watch([teacherId, editor.valid], compute, { immediate: true })
  return { preview, fault, isBusy }
}
