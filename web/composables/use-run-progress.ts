import { computed, onBeforeUnmount, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { useRun } from './use-run.ts'

const pollMilliseconds = 1000

/** Whether the run of the address is still under way; while it is, the server is asked again and again. */
export function useRunProgress({ run, query }: Pick<ReturnType<typeof useRun>, 'run' | 'query'>): {
  goesOn: ComputedRef<boolean>
} {
  const goesOn = computed(() => run.value?.state === 'queued' || run.value?.state === 'running')
  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    goesOn,
    (waiting) => {
      clearInterval(timer)
      if (waiting) timer = setInterval(() => void query.refetch(), pollMilliseconds)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => clearInterval(timer))
  return { goesOn }
}
