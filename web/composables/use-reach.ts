import { getRanking } from '@ustaz/core/contract'
import { computed } from 'vue'
import { useApiQuery } from './use-api-query.ts'
import { useRights } from './use-rights.ts'

/**
 * How far the reader sees into the results of a run: `seesOthers` is false for who sees their own result only (or none), undefined while
 * that is not known yet; `seen`: how many teachers' results are seen, null while that is not known. The server decides what is seen; this
 * is about what is worth showing.
 */
export function useReach(runId: () => number | null) {
  const { may, teacherId } = useRights()
  const query = useApiQuery(
    getRanking,
    () => {
      const id = runId()
      return id !== null && may('result.read') ? { params: { id }, query: { pageSize: 1 } } : null
    },
    { staleTime: Number.POSITIVE_INFINITY },
  )
  const seesOthers = computed(() => {
    if (!may('result.read')) return false
    const answer = query.data.value
    if (answer === undefined) return undefined
    return answer.items.some((row) => row.teacherId !== teacherId.value) || answer.total > 1
  })
  return { seesOthers, seen: computed(() => query.data.value?.total ?? null) }
}
