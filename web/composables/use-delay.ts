import { onScopeDispose } from 'vue'

/** Calls once nothing has started it again for so long. */
export function useDelay(call: () => void, milliseconds: number): { start(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  return {
    start() {
      clearTimeout(timer)
      timer = setTimeout(call, milliseconds)
    },
  }
}
