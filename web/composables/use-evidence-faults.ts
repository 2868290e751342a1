import { ProblemAnswer } from '@ustaz/core/contract'
import type { Problem } from '@ustaz/core/contract'
import { ref } from 'vue'
import { formFaults } from '../logic/faults.ts'
import type { FormFaults } from '../logic/faults.ts'
import { useProblem } from './use-problem.ts'

/** What went wrong when an entry was saved: faults beside their fields, the same thing found, or a newer revision. */
export function useEvidenceFaults() {
  const { explain } = useProblem()
  const faults = ref<FormFaults>(formFaults([]))
  const duplicate = ref<Problem | null>(null)
  const outdated = ref(false)
  function clear(): void {
    faults.value = formFaults([])
    duplicate.value = null
    outdated.value = false
  }
  function take(error: unknown): void {
    const problem = error instanceof ProblemAnswer ? error.problem : null
    if (problem?.code === 'evidence-duplicate') duplicate.value = problem
    else if (problem?.code === 'evidence-revision') outdated.value = true
    else if (problem && problem.issues.length > 0) faults.value = formFaults(problem.issues)
    else faults.value = { ...formFaults([]), other: [explain(error)] }
  }
  return { faults, duplicate, outdated, take, clear }
}
