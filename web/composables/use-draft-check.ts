import { checkRegulation } from '@ustaz/core/contract'
import type { RegulationDetail, RegulationDocument, RegulationIssue } from '@ustaz/core/contract'
import { ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { useApi } from '../api/client.ts'
import { useDelay } from './use-delay.ts'
import { useProblem } from './use-problem.ts'

/** How long nothing must be typed before the server is asked what it finds. */
const pauseMilliseconds = 500

interface Found {
  document: RegulationDocument | null
  issues: readonly RegulationIssue[]
}

/** What the server finds in a document while it is written; answers to older questions are dropped. */
export function useDraftCheck(document: Readonly<Ref<unknown>>, loaded: RegulationDetail) {
  const api = useApi()
  const { explain } = useProblem()
  const issues = shallowRef<readonly RegulationIssue[]>(loaded.issues)
  /** The document as the server read it; null: it has not the form of a regulation. */
  const valid = shallowRef<RegulationDocument | null>(loaded.document)
  const isChecking = ref(false)
  const fault = ref('')
  let asked = 0

  function take(found: Found): void {
    issues.value = found.issues
    valid.value = found.document
  }
  async function check(examples = false): Promise<void> {
    const number = ++asked
    try {
      const found = await api.call(checkRegulation, { body: { document: document.value, examples } })
      if (number !== asked) return
      fault.value = ''
      take(found)
    } catch (error) {
      if (number === asked) fault.value = explain(error)
    } finally {
      if (number === asked) isChecking.value = false
    }
  }
  const delay = useDelay(() => void check(), pauseMilliseconds)
  watch(
    document,
    (now) => {
      isChecking.value = now !== loaded.document
      delay.start()
    },
    { immediate: true, flush: 'sync' },
  )
  /** Has the worked examples rated too, by the document as it is now. */
  async function rateExamples(): Promise<void> {
    isChecking.value = true
    await check(true)
  }
  return { issues, valid, isChecking, fault, take, rateExamples }
}
