import { ProblemAnswer } from '@ustaz/core/contract'
import { useAnnouncements } from '../stores/announcements.ts'
import { useText } from './use-text.ts'

/** What to tell a person about an error: the server's sentence, or ours where the server was out of reach. */
export function useProblem() {
  const { t } = useText()
  const { tell } = useAnnouncements()
  function explain(error: unknown): string {
    if (error instanceof ProblemAnswer) return error.problem.detail
    return t('problem.noAnswer')
  }
  return {
    explain,
    /** Shows the error of an action in a corner; the page keeps its input. */
    announce(error: unknown) {
      tell(explain(error), 'error')
    },
    confirm(title: string) {
      tell(title, 'good')
    },
  }
}
