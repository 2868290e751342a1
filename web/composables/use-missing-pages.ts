import { useRouter } from 'vue-router'
import { openAnew } from '../logic/open-anew.ts'
import { useProblem } from './use-problem.ts'

/** A page whose files cannot be loaded is opened anew from the server, or the reader is told that it is out of reach. */
export function useMissingPages(): void {
  const { announce } = useProblem()
  let isMissing = false
  window.addEventListener('vite:preloadError', () => (isMissing = true))
  useRouter().onError((error: unknown, to) => {
    if (!isMissing) return
    isMissing = false
    openAnew(to.fullPath).catch(() => {
      announce(error)
    })
  })
}
