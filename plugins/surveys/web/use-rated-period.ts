import { getRegulation, listRegulations } from '@ustaz/core/contract'
import { currentPeriod, useApiQuery, useText } from '@ustaz/web/panel'
import type { Period } from '@ustaz/web/panel'
import { computed } from 'vue'

/** The rated year that goes on, by the newest approved regulation; `period` null: there is none, or it cannot be read. */
export function useRatedPeriod() {
  const { today } = useText()
  const versions = useApiQuery(listRegulations, () => ({
    query: { state: 'approved' as const, pageSize: 1 },
  }))
  const newest = computed(() => versions.data.value?.items[0]?.id)
  const version = useApiQuery(getRegulation, () =>
    newest.value === undefined ? null : { params: { id: newest.value } },
  )
  const period = computed<Period | null>(() => {
    const document = version.data.value?.document
    return document ? currentPeriod(document.periodStart, today()) : null
  })
  const isKnown = computed(
    () =>
      period.value !== null ||
      versions.error.value !== null ||
      version.error.value !== null ||
      versions.data.value?.items.length === 0,
  )
  return { period, isKnown }
}
