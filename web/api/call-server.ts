import { callRoute } from '@ustaz/core/contract'
import type { Language, RouteDefinition, RouteInput, RouteResponse } from '@ustaz/core/contract'

export interface CallExtras {
  signal?: AbortSignal
  file?: File
}

/** Calls the server the page came from, in the reader's language; the browser adds the cookie of the session. */
export async function callServer<R extends RouteDefinition>(
  route: R,
  input: RouteInput<R>,
  language: Language,
  extras: CallExtras = {},
): Promise<RouteResponse<R>> {
  return await callRoute(route, input, { baseUrl: '', headers: { 'accept-language': language }, ...extras })
}
