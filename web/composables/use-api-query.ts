import { useQuery } from '@pinia/colada'
import type { UseQueryReturn } from '@pinia/colada'
import type { RouteDefinition, RouteInput, RouteResponse } from '@ustaz/core/contract'
import { useApi } from '../api/client.ts'
import { useSession } from '../stores/session.ts'

interface ApiQueryOptions {
  /** Milliseconds an answer counts as fresh; Infinity for what never changes (a finished run). */
  staleTime?: number
  /** Shows the previous answer while the next one loads (paging, filters). */
  keepPrevious?: boolean
}

/** An answer of the server in the query cache, by route, input, language and account. `input` null: not asked yet. */
export function useApiQuery<R extends RouteDefinition>(
  route: R,
  input: () => RouteInput<R> | null,
  options: ApiQueryOptions = {},
): UseQueryReturn<RouteResponse<R>> {
  const api = useApi()
  const session = useSession()
  return useQuery<RouteResponse<R>>({
    key: () => [...routeKey(route), session.language, session.accountId ?? 0, input() ?? null],
    query: ({ signal }) => api.call(route, input() as RouteInput<R>, { signal }),
    enabled: () => input() !== null,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keepPrevious
      ? { placeholderData: (previous: RouteResponse<R> | undefined) => previous }
      : {}),
  })
}

/** The beginning of the cache keys of a route, for invalidating after a change. */
export function routeKey(route: RouteDefinition): [string] {
  return [route.path]
}
