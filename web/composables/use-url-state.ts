import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * Filters, sorting and the page of a list, kept in the address so that a view can be linked, reloaded and gone back to.
 * A change of anything but the page starts again at page 1.
 */
export function useUrlState<Name extends string>(names: readonly Name[]) {
  const route = useRoute()
  const router = useRouter()
  const state = computed(() => {
    const values = names.map((name) => [name, textOf(route.query[name])])
    return Object.fromEntries(values) as Partial<Record<Name, string>>
  })
  async function set(
    changes: Partial<Record<Name, string | undefined>> & { page?: string | undefined },
  ): Promise<void> {
    const query = { ...route.query, page: undefined, ...changes }
    const kept = Object.entries<unknown>(query).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    )
    await router.replace({ query: Object.fromEntries(kept) })
  }
  return {
    state,
    set,
    page: computed(() => Math.max(1, Number(textOf(route.query['page'])) || 1)),
  }
}

function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : undefined
}
