import { answerSuggestion } from '@ustaz/core/contract'
import { useApi } from '../api/client.ts'
import { confidencePercent, confidenceWord } from '../logic/confidence.ts'
import { useText } from './use-text.ts'

/** How sure a suggestion is, in words and per cent, and what became of it: counted of nobody in particular. */
export function useSuggestions() {
  const { t, count } = useText()
  const api = useApi()
  const seen = new Set<string>()

  /** Whoever writes is not told where it cannot be counted: nothing of theirs is lost. */
  function answer(task: string, given: 'shown' | 'taken' | 'declined', times = 1): void {
    if (times === 0) return
    const body = { task, answer: given, count: times }
    api.call(answerSuggestion, { body }).catch(() => undefined)
  }
  return {
    answer,
    /** `learned` false: a plain rule found it, of which nothing is known in per cent. */
    sureText: (probability: number, learned = true) =>
      learned
        ? t(`confidence.${confidenceWord(probability)}`, { percent: count(confidencePercent(probability)) })
        : t('confidence.rule'),
    /** Counts what a person sees of a task, each once while the page is open. `keys` say what it is. */
    shown(task: string, keys: readonly string[]): void {
      const fresh = keys.filter((key) => !seen.has(`${task} ${key}`))
      for (const key of fresh) seen.add(`${task} ${key}`)
      answer(task, 'shown', fresh.length)
    },
  }
}
