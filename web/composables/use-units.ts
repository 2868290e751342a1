import { listPositions, listUnits } from '@ustaz/core/contract'
import type { Unit } from '@ustaz/core/contract'
import { computed } from 'vue'
import { useApiQuery } from './use-api-query.ts'
import { useRights } from './use-rights.ts'
import { useText } from './use-text.ts'

const fiveMinutes = 300_000

/** The tree of units, and names by id; empty for who may not see it. */
export function useUnits() {
  const { pick } = useText()
  const { may } = useRights()
  const query = useApiQuery(listUnits, () => (may('people.read') ? { query: { pageSize: 2000 } } : null), {
    staleTime: fiveMinutes,
  })
  const units = computed<Unit[]>(() => query.data.value?.items ?? [])
  const byId = computed(() => new Map(units.value.map((unit) => [unit.id, unit])))
  return {
    query,
    units,
    university: computed(() => units.value.find(({ kind }) => kind === 'university') ?? null),
    faculties: computed(() => units.value.filter(({ kind }) => kind === 'faculty')),
    departmentsOf: (facultyId: number | null) =>
      units.value.filter(
        ({ kind, parentId }) => kind === 'department' && (facultyId === null || parentId === facultyId),
      ),
    unit: (id: number | null) => (id === null ? null : (byId.value.get(id) ?? null)),
    unitName: (id: number | null) => {
      const unit = id === null ? undefined : byId.value.get(id)
      return unit ? pick(unit.name) : ''
    },
  }
}

/** Names of positions and degrees by code; a code without a name is shown as it is. */
export function usePositions() {
  const { pick } = useText()
  const query = useApiQuery(listPositions, () => ({}), { staleTime: fiveMinutes })
  const nameIn = (list: 'positions' | 'degrees') => (code: string | null) => {
    const found = query.data.value?.[list].find((item) => item.code === code)
    return found ? pick(found.name) : (code ?? '')
  }
  return {
    positions: computed(() => query.data.value?.positions ?? []),
    degrees: computed(() => query.data.value?.degrees ?? []),
    positionName: nameIn('positions'),
    degreeName: nameIn('degrees'),
  }
}
