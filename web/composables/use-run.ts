import { getRun } from '@ustaz/core/contract'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useApiQuery } from './use-api-query.ts'
import { useText } from './use-text.ts'

/** The run of the address, with names for its leagues, bands and areas. */
export function useRun() {
  const route = useRoute()
  const { pick } = useText()
  const runId = computed(() => Number(route.params['id']))
  const query = useApiQuery(getRun, () => (runId.value ? { params: { id: runId.value } } : null))
  const run = computed(() => query.data.value)
  const nameIn = (list: 'leagues' | 'bands' | 'areas') => (id: string | null) => {
    const found = run.value?.[list].find((item) => item.id === id)
    return found ? pick(found.title) : (id ?? '')
  }
  return {
    runId,
    query,
    run,
    leagueName: nameIn('leagues'),
    bandName: nameIn('bands'),
    areaName: nameIn('areas'),
  }
}
