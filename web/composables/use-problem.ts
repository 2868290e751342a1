import { ProblemAnswer } from '@ustaz/core/contract'
import { useToast } from '@nuxt/ui/composables'
import { useText } from './use-text.ts'

/** What to tell a person about an error: the server's sentence, or ours where the server was out of reach. */
export function useProblem() {
  const { t } = useText()
  const toast = useToast()
  function explain(error: unknown): string {
    if (error instanceof ProblemAnswer) return error.problem.detail
    return t('problem.noAnswer')
  }
  return {
    explain,
    /** Shows the error of an action in a corner; the page keeps its input. */
    announce(error: unknown) {
      toast.add({ title: explain(error), color: 'error', icon: 'i-lucide-circle-alert' })
    },
    confirm(title: string) {
      toast.add({ title, color: 'success', icon: 'i-lucide-circle-check' })
    },
  }
}
