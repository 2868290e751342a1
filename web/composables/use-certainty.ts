import { getCertainty } from '@ustaz/core/contract'
import { computed, onBeforeUnmount, watch } from 'vue'
import { useApiQuery } from './use-api-query.ts'

const pollMilliseconds = 1000

/** How certain the order of a run is; asked again every second while it is being worked out. `runId` null: not asked yet. */
export function useCertainty(runId: () => number | null) {
  const query = useApiQuery(getCertainty, () => {
    const id = runId()
    return id === null ? null : { params: { id } }
  })
  const state = computed(() => query.data.value?.state)
  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    () => state.value === 'queued' || state.value === 'running',
    (isUnderWay) => {
      clearInterval(timer)
      if (isUnderWay) timer = setInterval(() => void query.refetch(), pollMilliseconds)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => clearInterval(timer))
  return { query, state }
}
